package io.warmgate.server.cache;

import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with a question of several items, by what is done with each of them. */
sealed interface ItemsDecision {

  /**
   * All are there.
   *
   * @param serve with the age of the oldest, and what is left of the one that ends first
   */
  record Served(Serve serve) implements ItemsDecision {}

  /**
   * Some have to be asked for, or all.
   *
   * @param places of those, in their order
   * @param served what those that are there come to; null: none is
   */
  record Ask(Reason reason, List<Integer> places, @Nullable Serve served) implements ItemsDecision {
    public Ask {
      places = List.copyOf(places);
    }
  }

  /** One may not be asked for, so that there is no answer. */
  record Refused(Reason reason, int status) implements ItemsDecision {}

  /**
   * What is stale is asked for: it would be brought up to date for nothing where the others are
   * asked for now.
   *
   * @param ofItems at least one
   */
  static ItemsDecision of(List<Decision> ofItems) {
    List<Integer> places = new ArrayList<>();
    Serve served = null;
    Reason kept = null;
    Reason unkept = null;
    for (int i = 0; i < ofItems.size(); i++) {
      switch (ofItems.get(i)) {
        case Serve one -> {
          served = served == null ? one : both(served, one);
          continue;
        }
        case Refuse(Reason reason, int status) -> {
          return new Refused(reason, status);
        }
        case Decision.ServeAndRevalidate _ -> kept = kept == null ? Reason.STALE : kept;
        case Decision.Validate(Reason why, _) -> kept = kept == null ? why : kept;
        case Decision.Forward(Reason why) -> kept = kept == null ? why : kept;
        case Decision.Pass(Reason why, _) -> unkept = unkept == null ? why : unkept;
      }
      places.add(i);
    }
    if (places.isEmpty()) {
      if (served == null) {
        throw new IllegalArgumentException("a question has items");
      }
      return new Served(served);
    }
    // What is said of all is not what is said of one that nobody keeps.
    Reason first = kept != null ? kept : unkept;
    return new Ask(served != null || first == null ? Reason.PARTLY_STORED : first, places, served);
  }

  private static Serve both(Serve one, Serve other) {
    return new Serve(
        one.reason() == Reason.FRESH ? other.reason() : one.reason(),
        Plain.WHOLE,
        Math.max(one.ageSeconds(), other.ageSeconds()),
        Math.min(one.ttlSeconds(), other.ttlSeconds()));
  }
}
