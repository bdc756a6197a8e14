package aiqbridge.api;

/** The back end that calls: its key is bound to one connection, and the connection to one account. */
public record Caller(String connection, String accountId) {}
