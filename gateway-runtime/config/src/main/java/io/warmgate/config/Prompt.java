package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A question that a rule asks its models for clients who give its parameters alone.
 *
 * @param model the name that models of the rule are called by
 * @param description for the OpenAPI document; null: none
 * @param system {@link Template} of what the application says; null: nothing
 * @param user {@link Template} of what is asked
 * @param parameters JSON Schema 2020-12 of an object: what clients send
 * @param output JSON Schema 2020-12 of what they get; null: they get text
 * @param maxTokens of the answer; null: as many as the model has
 * @param temperature null: the model's
 */
public record Prompt(
    String model,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String system,
    String user,
    JsonNode parameters,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode output,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long maxTokens,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal temperature) {

  public Prompt {
    Check.text("model", model);
    Check.text("user", user);
    Check.that(
        Check.present("parameters", parameters).path("type").asText("").equals("object"),
        "parameters",
        "is no schema with type: object");
    Check.range("maxTokens", maxTokens == null ? 1 : maxTokens, 1, 10_000_000);
    Template.parse("user", user).names().forEach(name -> known("user", parameters, name));
    if (system != null) {
      Template.parse("system", system)
          .names()
          .forEach(
              name -> {
                known("system", parameters, name);
                Check.that(
                    isOneOfTheAuthors(parameters.path("properties").path(name)),
                    "system",
                    "has {{"
                        + name
                        + "}}, which clients may write as they like: there only numbers, booleans"
                        + " and strings with an enum may stand");
              });
    }
  }

  /** The same, of a model that is called so. */
  public Prompt asking(String other) {
    return new Prompt(other, description, system, user, parameters, output, maxTokens, temperature);
  }

  private static void known(String path, JsonNode parameters, String name) {
    JsonNode property = parameters.path("properties").path(name);
    Check.that(!property.isMissingNode(), path, "has {{" + name + "}}, which is no parameter");
    boolean required = false;
    for (JsonNode each : parameters.path("required")) {
      required |= each.asText().equals(name);
    }
    Check.that(
        required || property.has("default"),
        path,
        "has {{" + name + "}}, which may be missing: it has to be required, or have a default");
  }

  /** Whether no client can make words of his own of it. */
  private static boolean isOneOfTheAuthors(JsonNode property) {
    return switch (property.path("type").asText("")) {
      case "number", "integer", "boolean" -> true;
      case "string" -> property.path("enum").isArray() || property.has("const");
      default -> false;
    };
  }
}
