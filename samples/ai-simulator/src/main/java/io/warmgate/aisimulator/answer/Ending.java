package io.warmgate.aisimulator.answer;

import io.warmgate.aisimulator.answer.Reply.End;
import java.util.List;

/** Ends an answer where it has to: half-way if forced, before a stop sequence, out of tokens. */
final class Ending {
  private Ending() {}

  static Reply of(Reply whole, Question question, End forced) {
    if (forced != End.DONE) {
      return whole.with(whole.text().subList(0, (whole.text().size() + 1) / 2), forced, "");
    }
    Reply stopped = stopped(whole, question.stops());
    int room = question.maxTokens().orElse(Integer.MAX_VALUE) - stopped.thoughts().size();
    return stopped.text().size() <= room
        ? stopped
        : stopped.with(stopped.text().subList(0, Math.max(0, room)), End.LENGTH, "");
  }

  private static Reply stopped(Reply whole, List<String> stops) {
    String text = whole.wholeText();
    int end = text.length();
    String first = "";
    for (String stop : stops) {
      int at = text.indexOf(stop);
      if (at >= 0 && at < end) {
        end = at;
        first = stop;
      }
    }
    return first.isEmpty()
        ? whole
        : whole.with(Tokens.of(text.substring(0, end)), End.STOP_SEQUENCE, first);
  }
}
