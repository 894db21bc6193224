package io.warmgate.aisimulator.openai;

import io.warmgate.aisimulator.answer.Tool;
import io.warmgate.aisimulator.answer.Tools;
import io.warmgate.aisimulator.answer.Tools.Choice;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.List;

/** Which of the offered tools a request wants called. */
final class Choices {
  /** How many tools may be called at once. */
  enum Calls {
    ONE,
    PARALLEL
  }

  private Choices() {}

  /**
   * The tools of a request.
   *
   * @param word {@code none}, {@code auto} or {@code required}; empty where none is given
   * @param named the tool that must be called; empty where none is named
   */
  static Tools tools(List<Tool> offered, String word, String named, Calls calls) throws Fault {
    if (!named.isEmpty() && offered.stream().noneMatch(tool -> tool.name().equals(named))) {
      throw Fault.rule(
          FieldPath.ROOT.field("tool_choice"),
          "Tool choice '%s' not found in 'tools' parameter.".formatted(named));
    }
    Choice choice =
        switch (word) {
          case "none" -> new Choice.Never();
          case "required" -> new Choice.Some();
          default -> named.isEmpty() ? new Choice.Auto() : new Choice.Named(named);
        };
    return new Tools(offered, choice, calls == Calls.PARALLEL);
  }
}
