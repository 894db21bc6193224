package io.warmgate.aisimulator.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model does. Every field may be left out.
 *
 * @param kind what it can be asked
 * @param version in every answer: OpenAI's {@code system_fingerprint}, KServe's {@code
 *     model_version}, and in the text; another version answers otherwise
 * @param olderVersions of a model for tensors: what is served beside, newest first
 * @param firstTokenMillis nothing is sent before
 * @param tokensPerSecond of a stream; 0 sends as fast as it can
 * @param end how each answer ends; null for the way the request leads to
 * @param failure an error instead of answers
 * @param breakage how answers break off
 * @param rateLimit what may be asked for in a time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelBehavior(
    Kind kind,
    String version,
    List<String> olderVersions,
    int firstTokenMillis,
    int tokensPerSecond,
    @Nullable ForcedEnd end,
    @Nullable Failure failure,
    @Nullable Breakage breakage,
    @Nullable RateLimit rateLimit) {

  /** What a model can be asked. */
  public enum Kind {
    CHAT,
    EMBEDDING,
    TENSOR
  }

  /** How an answer ends whatever was asked. */
  public enum ForcedEnd {
    /** Out of tokens after half of them: {@code length}, {@code max_tokens}, {@code incomplete}. */
    LENGTH,
    /** Filtered after half of the tokens: {@code content_filter}; Anthropic has {@code refusal}. */
    FILTERED,
    /** Refused: OpenAI's {@code refusal}, Anthropic's stop reason of that name. */
    REFUSED
  }

  @SuppressWarnings("NullAway") // what was left out of the JSON is null
  public ModelBehavior {
    kind = Objects.requireNonNullElse(kind, Kind.CHAT);
    version = Objects.requireNonNullElse(version, "1");
    olderVersions = olderVersions == null ? List.of() : List.copyOf(olderVersions);
    if (firstTokenMillis < 0 || tokensPerSecond < 0) {
      throw new IllegalArgumentException("firstTokenMillis and tokensPerSecond: from 0");
    }
  }
}
