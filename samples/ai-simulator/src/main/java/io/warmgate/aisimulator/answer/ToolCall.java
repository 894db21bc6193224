package io.warmgate.aisimulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call that the model wants made.
 *
 * @param name the tool's
 * @param arguments an object that fits the tool's schema
 */
public record ToolCall(String name, JsonNode arguments) {}
