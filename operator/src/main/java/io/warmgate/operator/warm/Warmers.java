package io.warmgate.operator.warm;

import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.Warmth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that is being warmed behind one gateway, within one budget. */
public final class Warmers implements AutoCloseable {
  private final Map<String, WarmRun> runs = new HashMap<>();
  private final Map<String, WarmErrand> errands = new HashMap<>();
  private final WarmWork.Crew crew;
  private volatile Map<String, String> serving = Map.of();
  private volatile BiPredicate<String, WarmRequest> taken = (_, _) -> true;

  /**
   * @param pods those that answer now
   * @param changed runs when there is news; it must not wait
   */
  public Warmers(Supplier<List<WarmPod>> pods, Runnable changed) {
    this.crew =
        new WarmWork.Crew(
            pods, new OriginBudget(), (route, request) -> taken.test(route, request), changed);
  }

  /**
   * This is to be warm from now on.
   *
   * @param key whose warmth it is: a route's {@code namespace/name}, or whatever else has a name
   * @param target null: nothing. One of an earlier attempt, or of the same, changes nothing
   * @param hitRatio of the release that serves, 0 to 1; negative: unknown
   */
  public synchronized void want(String key, @Nullable WarmTarget target, double hitRatio) {
    WarmRun run = runs.get(key);
    if (target == null) {
      stop(key);
      return;
    }
    if (run == null || !serves(run.target(), target)) {
      stop(key);
      run = new WarmRun(target, crew);
      runs.put(key, run);
      run.start();
    }
    run.listed(target.listed());
    run.hitRatio(hitRatio);
  }

  private static boolean serves(WarmTarget running, WarmTarget wanted) {
    return running.release().equals(wanted.release())
        && running.reach() == wanted.reach()
        && Objects.equals(running.side(), wanted.side())
        && running.limits().equals(wanted.limits())
        && !running.attempt().isBefore(wanted.attempt());
  }

  private void stop(String key) {
    WarmRun run = runs.remove(key);
    if (run != null) {
      run.close();
    }
  }

  /** How warm the release is that was asked for last. */
  public synchronized Warmth warmth(String key, String release) {
    WarmRun run = runs.get(key);
    return run == null || !run.target().release().equals(release) ? Warmth.UNKNOWN : run.warmth();
  }

  /** How warm all that is wanted under these keys is, taken together. */
  public synchronized Warmth warmth(Collection<String> keys) {
    List<WarmWork> asked = new ArrayList<>();
    for (String key : keys) {
      WarmRun run = runs.get(key);
      if (run == null) {
        return Warmth.UNKNOWN;
      }
      asked.add(run.work());
    }
    return Tally.of(asked);
  }

  /** Forgets what is under other keys than these. */
  public synchronized void keep(Set<String> keys) {
    List.copyOf(runs.keySet()).stream().filter(any -> !keys.contains(any)).forEach(this::stop);
  }

  /**
   * Which release routes serve, where pods know it by a name.
   *
   * @param releases by route; one that has one release alone is not in it
   * @param takes whether a route takes a request; called by any thread
   */
  public void serving(Map<String, String> releases, BiPredicate<String, WarmRequest> takes) {
    serving = Map.copyOf(releases);
    taken = takes;
  }

  /**
   * Warms what routes serve, once.
   *
   * @param id of the errand; one that was begun goes on as it is
   * @param targets whose release does not matter
   * @return how far it is
   */
  public synchronized Warmth errand(String id, List<WarmTarget> targets) {
    WarmErrand known = errands.get(id);
    if (known == null) {
      known = new WarmErrand(id, targets, route -> serving.getOrDefault(route, ""), crew);
      errands.put(id, known);
      known.start();
    }
    return known.warmth();
  }

  /** How far an errand is; empty where it was not begun here. */
  public synchronized Optional<Warmth> errand(String id) {
    return Optional.ofNullable(errands.get(id)).map(WarmErrand::warmth);
  }

  /** Ends errands that are not among these, and forgets them. */
  public synchronized void keepErrands(Set<String> ids) {
    for (String id : List.copyOf(errands.keySet())) {
      WarmErrand gone = ids.contains(id) ? null : errands.remove(id);
      if (gone != null) {
        gone.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    List.copyOf(runs.keySet()).forEach(this::stop);
    keepErrands(Set.of());
  }
}
