package aiqbridge.page;

/**
 * How something stands, in a word or two.
 *
 * @param look {@code good}, {@code warn}, {@code bad} or empty
 */
public record State(String look, String words) {}
