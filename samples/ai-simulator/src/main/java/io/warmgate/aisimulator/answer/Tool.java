package io.warmgate.aisimulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A function that the model may call.
 *
 * @param parameters a JSON schema; an empty object where none was given
 */
public record Tool(String name, JsonNode parameters) {}
