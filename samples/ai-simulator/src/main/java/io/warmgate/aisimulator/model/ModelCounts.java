package io.warmgate.aisimulator.model;

/**
 * What a model has done since the start, or since it was told to count anew.
 *
 * @param requests that named the model and were well formed
 * @param answered to their end
 * @param failed with an error, 429 included
 * @param broken off by the simulator or left by their clients
 * @param inputTokens of answers that were begun
 * @param outputTokens of answers that were begun
 */
public record ModelCounts(
    long requests, long answered, long failed, long broken, long inputTokens, long outputTokens) {}
