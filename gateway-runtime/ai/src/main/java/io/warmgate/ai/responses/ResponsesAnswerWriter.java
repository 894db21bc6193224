package io.warmgate.ai.responses;

import static io.warmgate.ai.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.UntoldContent;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Response}. What only the provider's answers have is not told. */
final class ResponsesAnswerWriter {
  private final String answer;
  private final ResponsesStatus status;
  private final ArrayNode output = Json.array();
  private final List<Part> open = new ArrayList<>();
  private @Nullable ResponsesItem item;

  private ResponsesAnswerWriter(String answer, ResponsesStatus status) {
    this.answer = answer;
    this.status = status;
  }

  static ObjectNode write(ChatAnswer answer, ChatRequest asked, long nowSeconds) {
    UntoldContent.requireNone(answer, OPENAI_RESPONSES);
    ResponsesStatus status = ResponsesStatus.of(answer.stop().reason());
    ObjectNode root =
        new ResponsesHead(answer.id(), asked, nowSeconds).node(status.word(), status.reason());
    root.set("output", new ResponsesAnswerWriter(answer.id().id(), status).output(answer));
    if (answer.usage() != null) {
      root.set("usage", ResponsesUsage.write(answer.usage()));
    }
    return root;
  }

  private ArrayNode output(ChatAnswer answer) {
    for (Part part : answer.parts()) {
      ResponsesItem next = ResponsesKind.of(part).item();
      if (!next.continues(item)) {
        end(ResponsesStatus.COMPLETED);
      }
      item = next;
      open.add(part);
    }
    // Where the answer was cut, this is where.
    end(status);
    return output;
  }

  private void end(ResponsesStatus status) {
    if (item != null) {
      String id = item.id(answer, output.size());
      output.add(ResponsesItem.whole(id, open, status.word()));
      open.clear();
    }
  }
}
