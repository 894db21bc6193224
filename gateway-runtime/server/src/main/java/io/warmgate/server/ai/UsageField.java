package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.server.exchange.Tokens;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took, as a field of the head that is kept with it: found again with a hit without
 * reading the answer. It is the gateway's alone: of a provider's fields it takes none of this name,
 * and {@link Spared} takes it off what clients get. A runtime that does not know it passes it on.
 */
final class UsageField {
  static final String NAME = "warmgate-usage";

  private static final int NUMBERS = 5;

  private UsageField() {}

  /** The same fields, with it. */
  static MultiMap put(MultiMap fields, Tokens tokens) {
    return fields.set(NAME, write(tokens));
  }

  /** As it is kept: input, of it cached and written, output, of it reasoning. */
  static String write(Tokens tokens) {
    return tokens.input()
        + " "
        + tokens.cached()
        + " "
        + tokens.written()
        + " "
        + tokens.output()
        + " "
        + tokens.reasoning();
  }

  /** Null where it says nothing. */
  static @Nullable Tokens read(String field) {
    try {
      long[] numbers = Arrays.stream(field.split(" ", -1)).mapToLong(Long::parseLong).toArray();
      return numbers.length == NUMBERS
          ? new Tokens(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
          : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
