package io.warmgate.aisimulator.exchange;

import io.warmgate.aisimulator.exchange.ServerEvent.Part;
import io.warmgate.aisimulator.model.Breakage;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is sent of a stream, and how it ends.
 *
 * @param events in this order
 * @param then what comes after the last one
 */
public record Script(List<ServerEvent> events, Then then) {
  /** What comes after the last event. */
  public enum Then {
    /** The response ends as HTTP has it. */
    END,
    /** The connection is closed in the middle. */
    CUT,
    /** Nothing, for as long as the client waits. */
    STALL
  }

  /** The whole stream, or what is left of it where the model breaks off. */
  public static Script of(Answer.Streamed answer, @Nullable Breakage breakage) {
    List<ServerEvent> all = answer.events();
    if (breakage == null) {
      return new Script(all, Then.END);
    }
    List<ServerEvent> first = all.subList(0, Math.min(all.size(), breakage.afterEvents()));
    return switch (breakage.how()) {
      case CUT -> new Script(first, Then.CUT);
      case STALL -> new Script(first, Then.STALL);
      case ERROR ->
          new Script(Stream.concat(first.stream(), Stream.of(answer.error())).toList(), Then.END);
      case NO_TERMINAL -> new Script(without(all, Part.TERMINAL), Then.END);
      case NO_FINISH -> new Script(without(all, Part.FINISH), Then.END);
    };
  }

  private static List<ServerEvent> without(List<ServerEvent> all, Part part) {
    return all.stream().filter(event -> event.part() != part).toList();
  }
}
