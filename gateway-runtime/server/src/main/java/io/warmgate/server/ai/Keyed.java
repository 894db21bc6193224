package io.warmgate.server.ai;

/**
 * A model, as it is asked with one of its keys.
 *
 * @param key of the model's
 */
record Keyed(Choice choice, ModelKey key) {}
