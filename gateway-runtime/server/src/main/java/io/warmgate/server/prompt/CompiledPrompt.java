package io.warmgate.server.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Sampling;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Prompt;
import io.warmgate.config.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prompt, ready to be asked. Immutable. */
public final class CompiledPrompt {
  private static final Extras NONE = Extras.none(Dialect.PROMPT);

  private final Prompt prompt;
  private final @Nullable Template system;
  private final Template user;
  private final ObjectNode parameters;
  private final ValueSchema schema;

  public CompiledPrompt(Prompt prompt) {
    this.prompt = prompt;
    this.system = prompt.system() == null ? null : Template.parse("system", prompt.system());
    this.user = Template.parse("user", prompt.user());
    this.parameters = closed(prompt.parameters());
    this.schema = new ValueSchema(parameters);
  }

  /** Who misspells a parameter is told, where the schema does not say otherwise. */
  private static ObjectNode closed(JsonNode schema) {
    ObjectNode copy = schema.deepCopy();
    if (!copy.has("additionalProperties") && !copy.has("unevaluatedProperties")) {
      copy.put("additionalProperties", false);
    }
    return copy;
  }

  /** JSON Schema of what clients send. */
  JsonNode parameters() {
    return parameters;
  }

  Prompt prompt() {
    return prompt;
  }

  /**
   * The question that these values make.
   *
   * @throws TranslationException where they do not fit the schema
   */
  ChatRequest ask(JsonNode values, Delivery.Form form) {
    schema.check(values);
    List<Turn> turns = new ArrayList<>();
    if (system != null) {
      turns.add(turn(Turn.Role.SYSTEM, system.fill(name -> text(name, values))));
    }
    turns.add(turn(Turn.Role.USER, user.fill(name -> text(name, values))));
    JsonNode output = prompt.output();
    return new ChatRequest(
        prompt.model(),
        turns,
        Tooling.NONE,
        new Generation(
            new Sampling(prompt.temperature(), null, null, null, null, null),
            List.of(),
            prompt.maxTokens(),
            null,
            output == null
                ? new OutputFormat.PlainText()
                : new OutputFormat.JsonSchema(null, null, output, true)),
        new Delivery(form, null, Map.of()),
        NONE);
  }

  private static Turn turn(Turn.Role role, String text) {
    return new Turn(role, List.of(new Part.Text(text, NONE)), NONE);
  }

  /**
   * What clients write stands there as JSON, so that it has a beginning and an end that nobody can
   * write into it; what is one of the author's own words stands as it is.
   */
  private String text(String name, JsonNode values) {
    JsonNode property = parameters.path("properties").path(name);
    JsonNode value = values.has(name) ? values.path(name) : property.path("default");
    boolean authors = property.path("enum").isArray() || property.has("const");
    return value.isTextual() && authors ? value.textValue() : Json.string(value);
  }
}
