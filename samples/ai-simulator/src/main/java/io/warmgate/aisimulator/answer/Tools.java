package io.warmgate.aisimulator.answer;

import java.util.List;

/**
 * The tools that are offered, and what may be done with them.
 *
 * @param offered in the request's order
 * @param choice whether some must be called
 * @param parallel whether several may be called at once
 */
public record Tools(List<Tool> offered, Choice choice, boolean parallel) {
  public static final Tools NONE = new Tools(List.of(), new Choice.Never(), true);

  /** Whether a tool must be called. */
  public sealed interface Choice {
    /** As the model likes. */
    record Auto() implements Choice {}

    /** Not at all. */
    record Never() implements Choice {}

    /** Some tool. */
    record Some() implements Choice {}

    /** That tool. */
    record Named(String name) implements Choice {}
  }

  /** Those to call for a text: the ones that it names, as far as the choice allows. */
  public List<Tool> calledFor(String text) {
    List<Tool> named = offered.stream().filter(tool -> text.contains(tool.name())).toList();
    List<Tool> called =
        switch (choice) {
          case Choice.Never never -> List.of();
          case Choice.Auto auto -> named;
          case Choice.Some some -> named.isEmpty() ? offered.subList(0, 1) : named;
          case Choice.Named one ->
              offered.stream().filter(tool -> tool.name().equals(one.name())).toList();
        };
    return parallel || called.isEmpty() ? called : called.subList(0, 1);
  }
}
