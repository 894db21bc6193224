package io.warmgate.local.fault;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What clients of the sample's API ask: mostly products that were asked for before, some new ones,
 * and now and then what is never cached.
 */
final class Catalog implements Load.Script {
  private static final int KNOWN = 200;
  private static final int UNKNOWN = 1_000_000;
  private static final Pattern COUNT = Pattern.compile("\\d+");

  @Override
  public Load.Ask next(RandomGenerator random) {
    return switch (random.nextInt(10)) {
      case 0 -> new Count();
      case 1 -> new Product("/products/new-" + random.nextInt(UNKNOWN));
      default -> new Product("/products/" + random.nextInt(KNOWN));
    };
  }

  /** Its own answer, whoever made it and when. */
  private record Product(String path) implements Load.Ask {
    @Override
    public Optional<String> impossible(Answer answer) {
      return answer.status() == 200 && answer.isOf(path)
          ? Optional.empty()
          : Optional.of("not its answer");
    }
  }

  /** A number, out of no cache. */
  private record Count() implements Load.Ask {
    @Override
    public String path() {
      return "/count";
    }

    @Override
    public Optional<String> impossible(Answer answer) {
      return answer.status() == 200
              && COUNT.matcher(answer.body().strip()).matches()
              && !answer.isHit()
          ? Optional.empty()
          : Optional.of("no count");
    }
  }
}
