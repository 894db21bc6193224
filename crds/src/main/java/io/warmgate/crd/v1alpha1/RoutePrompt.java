package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A question that a rule asks its models for clients who give its parameters alone. */
@Wire
public record RoutePrompt(
    @JsonPropertyDescription(
            "The name of the models that are asked, as clients would call them. Absent: the name of"
                + " the first of the rule's backends.")
        @Size(min = 1, max = 253)
        @Nullable String model,
    @JsonPropertyDescription("What it is for, in the OpenAPI document.") @Size(max = 1024)
        @Nullable String description,
    @JsonPropertyDescription(
            "What the application says to the model. {{name}} is the value of a parameter: of a"
                + " number, a boolean, or a string with an enum.")
        @Size(min = 1, max = 32_768)
        @Nullable String system,
    @JsonPropertyDescription(
            "What is asked. {{name}} is the value of a parameter, as JSON where clients write it;"
                + " {{{{ is two braces.")
        @Required
        @Size(min = 1, max = 32_768)
        String user,
    @JsonPropertyDescription(
            "JSON Schema 2020-12 of what clients send, with type: object. Each parameter of a"
                + " template has to be required, or have a default.")
        @Required
        @PreserveUnknownFields
        JsonNode parameters,
    @JsonPropertyDescription(
            "JSON Schema 2020-12 of what clients get. Absent: an object with the text.")
        @PreserveUnknownFields
        @Nullable JsonNode output,
    @JsonPropertyDescription("The longest answer, in tokens. Absent: as the model has it.")
        @Min(1)
        @Max(10_000_000)
        @Nullable Long maxTokens,
    @JsonPropertyDescription("How freely the model draws. Absent: as the model has it.")
        @Min(0)
        @Max(2)
        @Nullable Double temperature) {}
