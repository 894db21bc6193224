package io.warmgate.ai.cache;

import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.stream.Folded;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * May an answer be kept? Both questions have to be answered with yes. Attaching a cache policy is
 * what allows keeping answers that were drawn by chance: a temperature is part of the key, and no
 * reason here.
 */
public final class Storability {
  private static final int OK = 200;

  private Storability() {}

  /** Before it is asked; a request of which this is not true need not be looked up either. */
  public static Verdict ofRequest(ChatRequest request) {
    return verdict(RequestRules.find(request));
  }

  /**
   * When it is there.
   *
   * @param format that was asked for
   * @param readOnlyTools names of those whose calls change nothing, by the owner's word
   */
  public static Verdict ofAnswer(
      Received received, OutputFormat format, Set<String> readOnlyTools) {
    return verdict(
        switch (received) {
          case Received.Whole(int status, Outcome outcome) ->
              status == OK ? whole(outcome, format, readOnlyTools) : status(status);
          case Received.Streamed(int status, Folded folded) ->
              status == OK ? streamed(folded, format, readOnlyTools) : status(status);
        });
  }

  private static Verdict verdict(Verdict.@Nullable Never never) {
    return never == null ? new Verdict.Storable() : never;
  }

  private static Verdict.Never status(int status) {
    return new Verdict.Never(NeverStored.STATUS, "status " + status);
  }

  private static Verdict.@Nullable Never whole(
      Outcome outcome, OutputFormat format, Set<String> readOnlyTools) {
    return switch (outcome) {
      case Outcome.Failed(var error) -> new Verdict.Never(NeverStored.ERROR, error.message());
      case Outcome.Answered(ChatAnswer answer) -> AnswerRules.find(answer, format, readOnlyTools);
    };
  }

  private static Verdict.@Nullable Never streamed(
      Folded folded, OutputFormat format, Set<String> readOnlyTools) {
    return switch (folded.end()) {
      case Folded.Failed(var error) -> new Verdict.Never(NeverStored.ERROR, error.message());
      case Folded.Cut() -> new Verdict.Never(NeverStored.STREAM_CUT, "");
      case Folded.Complete() ->
          folded.beyond().isEmpty()
              ? AnswerRules.find(folded.answer(), format, readOnlyTools)
              : AnswerRules.beyond(folded.beyond().getFirst());
    };
  }
}
