package io.warmgate.aisimulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.LinkedHashSet;
import java.util.Set;

/** What must hold between fields of a request that are each well by themselves. */
final class ConverseRules {
  private static final FieldPath ROOT = FieldPath.ROOT;

  private ConverseRules() {}

  static void check(JsonNode request) throws Fault {
    JsonNode messages = request.path("messages");
    if (!messages.get(0).path("role").asText().equals("user")) {
      throw Fault.rule(
          ROOT,
          "A conversation must start with a user message. Try again with a conversation that"
              + " starts with a user message.");
    }
    boolean tools = false;
    for (int i = 0; i < messages.size(); i++) {
      FieldPath at = ROOT.field("messages").index(i).field("content");
      if (i > 0 && messages.get(i).path("role").equals(messages.get(i - 1).path("role"))) {
        throw Fault.rule(
            at,
            "A conversation must alternate between user and assistant roles. Make sure the"
                + " conversation alternates between user and assistant roles and try again.");
      }
      tools |= content(messages.get(i), at);
    }
    if (!messages.get(messages.size() - 1).path("role").asText().equals("user")) {
      throw Fault.rule(ROOT, "The conversation must end with a user message.");
    }
    results(messages);
    if (tools && !request.has("toolConfig")) {
      throw Fault.rule(
          ROOT,
          "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
    }
    choice(request.path("toolConfig"));
  }

  /** Whether there is a call in it, or a result. */
  private static boolean content(JsonNode message, FieldPath at) throws Fault {
    boolean user = message.path("role").asText().equals("user");
    boolean tools = false;
    for (int i = 0; i < message.path("content").size(); i++) {
      JsonNode block = message.path("content").get(i);
      String where = at.index(i).dotted();
      if (block.size() != 1) {
        throw Fault.rule(at, "Exactly one member must be set in the ContentBlock at " + where);
      }
      if (block.has("text") && block.path("text").asText().isBlank()) {
        throw Fault.rule(
            at,
            "The text field in the ContentBlock object at %s is blank. Add text to the text field,"
                    .formatted(where)
                + " and try again.");
      }
      boolean ofUser = block.has("toolResult") || block.has("image");
      boolean ofModel = block.has("toolUse") || block.has("reasoningContent");
      if (user ? ofModel : ofUser) {
        throw Fault.rule(at, "The content block at %s is not of its role".formatted(where));
      }
      tools |= block.has("toolUse") || block.has("toolResult");
      if (block.path("reasoningContent").has("reasoningText")) {
        Thoughts.check(block.path("reasoningContent").path("reasoningText"), at.index(i));
      }
    }
    return tools;
  }

  /** Each call is answered in the next message. */
  private static void results(JsonNode messages) throws Fault {
    Set<String> open = new LinkedHashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      String at = "messages." + i + ".content";
      for (JsonNode block : messages.get(i).path("content")) {
        String id = block.path("toolResult").path("toolUseId").asText();
        if (block.has("toolResult") && !open.remove(id)) {
          throw Fault.rule(
              ROOT,
              "The number of toolResult blocks at %s exceeds the number of toolUse blocks of"
                      .formatted(at)
                  + " previous turn.");
        }
      }
      if (!open.isEmpty()) {
        throw Fault.rule(
            ROOT, "Expected toolResult blocks at %s for the following Ids: %s".formatted(at, open));
      }
      for (JsonNode block : messages.get(i).path("content")) {
        if (block.has("toolUse") && !open.add(block.path("toolUse").path("toolUseId").asText())) {
          throw Fault.rule(ROOT, "The toolUse blocks at %s contain duplicate Ids".formatted(at));
        }
      }
    }
  }

  private static void choice(JsonNode config) throws Fault {
    JsonNode choice = config.path("toolChoice");
    if (config.has("toolChoice") && choice.size() != 1) {
      throw Fault.rule(ROOT, "Exactly one member must be set in the toolChoice");
    }
    String named = choice.path("tool").path("name").asText("");
    for (JsonNode tool : config.path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      if (!spec.path("inputSchema").path("json").path("type").asText().equals("object")) {
        throw Fault.rule(
            ROOT,
            "The value at toolConfig.tools.toolSpec.inputSchema.json.type must be one of the"
                + " following: object.");
      }
      named = spec.path("name").asText().equals(named) ? "" : named;
    }
    if (!named.isEmpty()) {
      throw Fault.rule(ROOT, "toolChoice names a tool that is not there: " + named);
    }
  }
}
