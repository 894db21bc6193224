package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What claims come to by how long answers are guessed to be, without sockets or clocks: four pods
 * guess for themselves and spend one budget of tokens. An answer takes as long as it has tokens, so
 * that the first to end are the shortest. {@link OfLate} is held to both sides of what a guess may
 * do wrong: a storm must not be let in on more than there is, and where all that is asked fits
 * nobody is to be refused for what others might take.
 */
class StormTest {
  private static final int PODS = 4;
  private static final int READ = 10;
  private static final int CLIENTS = 1_000;

  /** Who is refused asks again so often, an answer's length later or so. */
  private static final int TRIES = 6;

  private static final int SEEDS = 5;

  /** How long answers are, in tokens. */
  enum Answers {
    SAME,
    EVEN,
    /** A tenth of them up to ten times as long as the others. */
    MIXED,
    /** As of people who chat: a few are twenty times as long as most. */
    HEAVY,
    TINY,
    /** Nine of ten are a word, and one is an essay: no average says much. */
    TWO_KINDS;

    int draw(Random random) {
      return switch (this) {
        case SAME -> 100;
        case EVEN -> 1 + random.nextInt(200);
        case MIXED -> 1 + random.nextInt(random.nextInt(10) == 0 ? 1_000 : 100);
        case HEAVY -> 1 + (int) Math.exp(4.5 + 1.2 * random.nextGaussian());
        case TINY -> 1 + random.nextInt(10);
        case TWO_KINDS -> random.nextInt(10) == 0 ? 2_000 : 10;
      };
    }

    double mean() {
      Random random = new Random(0);
      return IntStream.range(0, 100_000).map(_ -> draw(random)).average().orElseThrow();
    }

    long budget(int calls) {
      return Math.round(calls * (READ + mean()));
    }
  }

  /** What a pod knows of answers. */
  private interface Guess {
    long expected();

    void begins(long expected);

    void ended(long expected, long wrote);
  }

  private static Guess chosen() {
    OfLate output = new OfLate(OfLate.TOKENS);
    return new Guess() {
      @Override
      public long expected() {
        return output.expected(null);
      }

      @Override
      public void begins(long expected) {
        output.begins(expected);
      }

      @Override
      public void ended(long expected, long wrote) {
        output.was(wrote);
        output.ends(expected);
      }
    };
  }

  /** The last sixteen that ended: their average, or one that few of them are longer than. */
  private static Guess ofTheEnded(double quantile) {
    Deque<Long> last = new ArrayDeque<>();
    return new Guess() {
      @Override
      public long expected() {
        if (last.isEmpty()) {
          return OfLate.TOKENS;
        }
        return quantile == 0
            ? (long) Math.ceil(last.stream().mapToLong(one -> one).average().orElseThrow())
            : last.stream().sorted().toList().get((int) (quantile * (last.size() - 1)));
      }

      @Override
      public void begins(long expected) {
        // Nothing is known of it yet.
      }

      @Override
      public void ended(long expected, long wrote) {
        last.addLast(wrote);
        if (last.size() > 16) {
          last.removeFirst();
        }
      }
    };
  }

  /**
   * @param spent of the budget, 1 is all
   * @param refused of those that asked for the first time, 1 is all
   */
  private record Came(double spent, double refused) {
    static Came mean(List<Came> all) {
      return new Came(
          all.stream().mapToDouble(Came::spent).average().orElseThrow(),
          all.stream().mapToDouble(Came::refused).average().orElseThrow());
    }
  }

  /** What happens next. */
  private sealed interface Event {
    double at();

    int number();

    /**
     * @param tries that are left, this one included
     */
    record Request(double at, int number, int pod, int tries) implements Event {}

    record End(double at, int number, int pod, long claimed, long expected, long writes)
        implements Event {}
  }

  private static final class Simulation {
    private final Answers answers;
    private final double mean;
    private final Random random;
    private final List<Guess> pods;
    private final long budget;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingInt(Event::number));
    private int number;
    private long counted;
    private long spent;
    private int refused;

    Simulation(Answers answers, long budget, int seed, Supplier<Guess> guess) {
      this.answers = answers;
      this.mean = answers.mean();
      this.random = new Random(seed);
      this.pods = Stream.generate(guess).limit(PODS).toList();
      this.budget = budget;
    }

    /** One answer that was short, on each pod. */
    Simulation afterAShortOne() {
      for (Guess pod : pods) {
        long expected = pod.expected();
        pod.begins(expected);
        pod.ended(expected, 2);
      }
      return this;
    }

    Came run(int requests, double within) {
      for (int i = 0; i < requests; i++) {
        double at = random.nextDouble() * within;
        events.add(new Event.Request(at, number++, random.nextInt(PODS), TRIES));
      }
      while (!events.isEmpty()) {
        switch (events.remove()) {
          case Event.Request request -> request(request);
          case Event.End end -> {
            pods.get(end.pod()).ended(end.expected(), end.writes());
            counted += READ + end.writes() - end.claimed();
            spent += READ + end.writes();
          }
        }
      }
      return new Came((double) spent / budget, (double) refused / requests);
    }

    private void request(Event.Request request) {
      Guess pod = pods.get(request.pod());
      long expected = pod.expected();
      long claimed = Math.min(budget, READ + expected);
      if (counted + claimed > budget) {
        refused += request.tries() == TRIES ? 1 : 0;
        again(request);
        return;
      }
      counted += claimed;
      pod.begins(expected);
      long writes = answers.draw(random);
      events.add(
          new Event.End(request.at() + writes, number++, request.pod(), claimed, expected, writes));
    }

    private void again(Event.Request request) {
      if (request.tries() > 1) {
        double at = request.at() + mean * (0.5 + random.nextDouble());
        events.add(new Event.Request(at, number++, request.pod(), request.tries() - 1));
      }
    }
  }

  /** Four times as many as the budget carries, about as long as an answer takes. */
  private static Came storm(Answers answers, Supplier<Guess> guess) {
    return mean(
        seed ->
            new Simulation(answers, answers.budget(CLIENTS / 4), seed, guess)
                .run(CLIENTS, answers.mean()));
  }

  /** The same all at once, where one short answer is all that is known. */
  private static Came stormAfterAShortOne(Answers answers, Supplier<Guess> guess) {
    return mean(
        seed ->
            new Simulation(answers, answers.budget(CLIENTS / 4), seed, guess)
                .afterAShortOne()
                .run(CLIENTS, 1));
  }

  /** All of it fits, and a hundredth of it is under way at a time. */
  private static Came calm(Answers answers, Supplier<Guess> guess) {
    return mean(
        seed ->
            new Simulation(answers, answers.budget(4_000), seed, guess)
                .run(3_600, 100 * answers.mean()));
  }

  private interface OfSeed {
    Came run(int seed);
  }

  private static Came mean(OfSeed one) {
    List<Came> all = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      all.add(one.run(seed));
    }
    return Came.mean(all);
  }

  private static Guess average() {
    return ofTheEnded(0);
  }

  private static void print(Answers answers, String guess, Supplier<Guess> of) {
    System.out.printf(
        Locale.ROOT,
        "%-9s %-22s storm: %4.2f of the budget; after a short one: %4.2f; calm: %4.1f %% refused%n",
        answers,
        guess,
        storm(answers, of).spent(),
        stormAfterAShortOne(answers, of).spent(),
        100 * calm(answers, of).refused());
  }

  @ParameterizedTest
  @EnumSource
  void stormsAreHeldAndNobodyIsRefusedWhoFits(Answers answers) {
    print(answers, "average of the ended", StormTest::average);
    print(answers, "ninth decile of those", () -> ofTheEnded(0.9));
    print(answers, "chosen", StormTest::chosen);
    double storm = storm(answers, StormTest::chosen).spent();
    double afterAShortOne = stormAfterAShortOne(answers, StormTest::chosen).spent();
    double before = storm(answers, StormTest::average).spent();
    switch (answers) {
      case SAME, EVEN -> {
        assertThat(storm).isBetween(0.9, 1.1);
        assertThat(afterAShortOne).isBetween(0.9, 1.1);
      }
      case MIXED, HEAVY -> {
        assertThat(storm).isBetween(0.9, 0.65 * before);
        assertThat(afterAShortOne).isBetween(0.9, 1.7);
      }
      // The guess is fifty times too large, and all that comes is over before that is known.
      case TINY -> assertThat(storm).isBetween(0.4, 1.0);
      case TWO_KINDS -> {
        assertThat(storm).isLessThanOrEqualTo(before * 1.05);
        assertThat(afterAShortOne).isLessThanOrEqualTo(before * 1.05);
      }
    }
    assertThat(calm(answers, StormTest::chosen).refused()).isLessThan(0.02);
  }
}
