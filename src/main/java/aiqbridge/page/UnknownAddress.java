package aiqbridge.page;

import aiqbridge.api.Problem;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Answers where no route listens, or none for this method: a browser gets a page, a program a problem; both with the headers of our other answers. */
public final class UnknownAddress {
    private final PageAnswer pages;

    public UnknownAddress(PageAnswer pages) {
        this.pages = pages;
    }

    public void answerOn(Router router) {
        router.errorHandler(404, asked -> answer(asked, new Problem(404, "unknown-address", "There is nothing at this address.")));
        router.errorHandler(405, asked -> answer(asked, new Problem(405, "method-not-allowed", "This address does not take this method.")));
    }

    private void answer(RoutingContext asked, Problem problem) {
        String accepted = asked.request().getHeader("Accept");
        boolean browser = accepted != null && accepted.contains("text/html");
        HttpServerResponse response = asked.response().setStatusCode(problem.status());
        PageAnswer.SECURE.forEach(response::putHeader);
        response.putHeader("Content-Type", browser ? "text/html; charset=utf-8" : "application/problem+json");
        response.end(browser ? pages.sentence(problem.getMessage()) : new JsonObject(problem.members()).encode());
    }
}
