package io.warmgate.ai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of what was said. */
public sealed interface Part {

  Extras extras();

  record Text(String text, Extras extras) implements Part {}

  /**
   * @param detail how closely it is looked at ({@code low}, {@code high}); null: as the model likes
   */
  record Image(ImageSource source, @Nullable String detail, Extras extras) implements Part {}

  /**
   * The model wants a tool called.
   *
   * @param id that the result names
   * @param arguments JSON text, as the model wrote it: it may be wrong
   */
  record ToolCall(String id, String name, String arguments, Extras extras) implements Part {}

  /**
   * What a tool gave.
   *
   * @param callId of the {@link ToolCall}
   */
  record ToolResult(String callId, List<Part> content, Result result, Extras extras)
      implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /** How a tool's call went. */
  enum Result {
    WORKED,
    FAILED
  }

  /**
   * What the model thought before it answered.
   *
   * @param signature of the provider, without which it takes no thought back; null: none
   */
  record Reasoning(String text, @Nullable String signature, Extras extras) implements Part {}

  /**
   * A thought that the provider shows nobody.
   *
   * @param data for the provider alone
   */
  record HiddenReasoning(String data, Extras extras) implements Part {}

  /** The model says that it will not. */
  record Refusal(String text, Extras extras) implements Part {}

  /**
   * Of a kind that only its dialect has: audio, files, documents, what hosted tools did.
   *
   * @param extras empty
   */
  record Opaque(JsonNode node, Extras extras) implements Part {
    /** What its dialect calls it; empty where it does not say. */
    public String type() {
      return node.path("type").asText("");
    }
  }
}
