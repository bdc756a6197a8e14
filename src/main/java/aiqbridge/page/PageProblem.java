package aiqbridge.page;

/** What a person is told instead of the page; its words hold no secret and nothing of another's. */
public final class PageProblem extends RuntimeException {
    private final int status;

    public PageProblem(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public static PageProblem notFound() {
        return new PageProblem(404, "There is no such page. It may have been renamed or removed.");
    }

    public int status() {
        return status;
    }
}
