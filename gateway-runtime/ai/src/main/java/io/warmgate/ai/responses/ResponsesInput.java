package io.warmgate.ai.responses;

import static io.warmgate.ai.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.FieldReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Items of {@code input} as turns. What the model thought, said and called in one go are several
 * items here and one turn elsewhere; so are the results of several calls. The ids of items name
 * them at the provider's, and say nothing.
 */
final class ResponsesInput {
  private static final Extras NONE = Extras.none(OPENAI_RESPONSES);

  private final List<Turn> turns = new ArrayList<>();
  private final List<Part> results = new ArrayList<>();
  private final List<Part> answer = new ArrayList<>();
  private final Map<String, JsonNode> ofAnswer = new LinkedHashMap<>();
  private boolean said;
  private boolean called;

  private ResponsesInput() {}

  /**
   * @param nodes the same items as they came
   */
  static List<Turn> read(List<FieldReader> items, JsonNode nodes) {
    ResponsesInput input = new ResponsesInput();
    for (int i = 0; i < items.size(); i++) {
      input.item(items.get(i), nodes.path(i));
    }
    input.endAnswer();
    input.endResults();
    return input.turns;
  }

  private void item(FieldReader item, JsonNode node) {
    String type = item.textOr("type", "message");
    item.any("id");
    item.any("status");
    switch (type) {
      case "message" -> message(item);
      case "function_call" -> {
        endResults();
        called = true;
        answer.add(call(item));
      }
      case "function_call_output" -> {
        endAnswer();
        results.add(result(item));
      }
      case "reasoning" -> {
        endSaying();
        answer.add(ResponsesThoughts.read(item, node));
      }
      // What hosted tools did, a reference to what the provider keeps, what is not known here.
      default -> {
        endResults();
        answer.add(new Part.Opaque(node, NONE));
      }
    }
  }

  private void message(FieldReader item) {
    String role = item.neededText("role");
    if (role.equals("assistant")) {
      endSaying();
      said = true;
      answer.addAll(ResponsesContent.read(item, "content"));
      ofAnswer.putAll(item.rest(OPENAI_RESPONSES).fields());
      return;
    }
    endAnswer();
    endResults();
    List<Part> content = ResponsesContent.read(item, "content");
    turns.add(new Turn(role(role, item.at("role")), content, item.rest(OPENAI_RESPONSES)));
  }

  private static Turn.Role role(String role, String field) {
    return switch (role) {
      case "system" -> Turn.Role.SYSTEM;
      case "developer" -> Turn.Role.DEVELOPER;
      case "user" -> Turn.Role.USER;
      default -> throw new TranslationException(field, "no role of a message");
    };
  }

  private static Part call(FieldReader item) {
    String id = item.neededText("call_id");
    String name = item.neededText("name");
    String arguments = item.neededText("arguments");
    return new Part.ToolCall(
        id, name, arguments.isBlank() ? "{}" : arguments, item.rest(OPENAI_RESPONSES));
  }

  private static Part result(FieldReader item) {
    String id = item.neededText("call_id");
    List<Part> output = ResponsesContent.read(item, "output");
    return new Part.ToolResult(id, output, Part.Result.WORKED, item.rest(OPENAI_RESPONSES));
  }

  /** Whoever spoke, called nothing, and goes on, begins anew. */
  private void endSaying() {
    endResults();
    if (said && !called) {
      endAnswer();
    }
  }

  private void endAnswer() {
    if (said || !answer.isEmpty()) {
      turns.add(new Turn(Turn.Role.ASSISTANT, answer, new Extras(OPENAI_RESPONSES, ofAnswer)));
    }
    answer.clear();
    ofAnswer.clear();
    said = false;
    called = false;
  }

  private void endResults() {
    if (!results.isEmpty()) {
      turns.add(new Turn(Turn.Role.TOOLS, results, NONE));
      results.clear();
    }
  }
}
