package io.warmgate.aisimulator.answer;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the model answers, whatever the dialect.
 *
 * @param thoughts tokens of what it thought; empty where nobody asked
 * @param text tokens of what it says
 * @param calls what it wants called
 * @param end why it ended
 * @param stop the stop sequence that it ended before; empty where there was none
 */
public record Reply(
    List<String> thoughts, List<String> text, List<ToolCall> calls, End end, String stop) {

  /** Why an answer ended. */
  public enum End {
    /** All was said. */
    DONE,
    /** A stop sequence would have come next. */
    STOP_SEQUENCE,
    /** No more tokens were allowed. */
    LENGTH,
    /** A filter cut it off. */
    FILTERED,
    /** The model refused; the text says so. */
    REFUSED,
    /** Calls are wanted. */
    CALLS
  }

  /** Tokens of all of it. */
  public int outputTokens() {
    int ofCalls =
        calls.stream()
            .flatMap(call -> Stream.of(call.name(), call.arguments().toString()))
            .mapToInt(Tokens::count)
            .sum();
    return thoughts.size() + text.size() + ofCalls;
  }

  /** What it says. */
  public String wholeText() {
    return String.join("", text);
  }

  /** The same with another text and end. */
  Reply with(List<String> otherText, End otherEnd, String otherStop) {
    return new Reply(thoughts, otherText, calls, otherEnd, otherStop);
  }
}
