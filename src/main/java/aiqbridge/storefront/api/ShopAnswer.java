package aiqbridge.storefront.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a shop's API answered.
 *
 * @param body null when it has no such thing
 * @param json the body as JSON, null when it cannot be read
 * @param link the header Link, null for none
 */
public record ShopAnswer(String body, JsonNode json, String link) {
    @Override
    public String toString() {
        return "ShopAnswer[]";
    }
}
