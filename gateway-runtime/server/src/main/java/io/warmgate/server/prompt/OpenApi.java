package io.warmgate.server.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.json.Json;
import io.warmgate.config.AccessRule;
import org.jspecify.annotations.Nullable;

/** What a prompt's endpoint is, as OpenAPI 3.1 has it: its schemas are JSON Schema 2020-12. */
public final class OpenApi {
  private OpenApi() {}

  /**
   * @param title of the endpoint
   * @param server scheme and authority, as the client has them
   * @param path of the endpoint
   * @param access who may ask; null: everybody
   * @return JSON
   */
  public static Buffer document(
      CompiledPrompt prompt,
      String title,
      String server,
      String path,
      @Nullable AccessRule access) {
    ObjectNode root = Json.object().put("openapi", "3.1.0");
    ObjectNode info = root.putObject("info").put("title", title).put("version", "1");
    String description = prompt.prompt().description();
    if (description != null) {
      info.put("description", description);
    }
    root.putArray("servers").addObject().put("url", server);
    ObjectNode post = root.putObject("paths").putObject(path).putObject("post");
    post.put("operationId", "ask");
    if (description != null) {
      post.put("summary", description);
    }
    ObjectNode asked = post.putObject("requestBody").put("required", true);
    content(asked, "application/json").set("schema", prompt.parameters());
    ObjectNode responses = post.putObject("responses");
    ObjectNode answered = responses.putObject("200").put("description", "The model's answer.");
    ObjectNode content = content(answered, "application/json");
    content.set("schema", answer(prompt.prompt().output()));
    ObjectNode streamed = ((ObjectNode) answered.get("content")).putObject("text/event-stream");
    streamed.putObject("schema").put("type", "string");
    ObjectNode failed = responses.putObject("default").put("description", "Why there is none.");
    content(failed, "application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
    ObjectNode components = root.putObject("components");
    problem(components.putObject("schemas").putObject("Problem"));
    if (access != null) {
      PromptSecurity.write(access, post, components);
    }
    return Buffer.buffer(Json.bytes(root));
  }

  private static ObjectNode content(ObjectNode parent, String type) {
    return parent.putObject("content").putObject(type);
  }

  private static JsonNode answer(@Nullable JsonNode output) {
    if (output != null) {
      return output;
    }
    ObjectNode schema = Json.object().put("type", "object");
    schema.putArray("required").add("text").add("finishReason");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("text").put("type", "string");
    ObjectNode finish = properties.putObject("finishReason").put("type", "string");
    finish.putArray("enum").add("stop").add("length").add("filtered");
    return schema;
  }

  private static void problem(ObjectNode schema) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("type").put("type", "string");
    properties.putObject("title").put("type", "string");
    properties.putObject("status").put("type", "integer");
    properties.putObject("detail").put("type", "string");
    ObjectNode pointer = properties.putObject("pointer").put("type", "string");
    pointer.put("description", "The value that does not fit.");
  }
}
