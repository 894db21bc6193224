package io.warmgate.httpcache;

/**
 * What the cache sees of an origin's response.
 *
 * @param requestMillis when its request was sent
 * @param responseMillis when its header section was received
 */
public record ResponseView(int status, Fields fields, long requestMillis, long responseMillis) {}
