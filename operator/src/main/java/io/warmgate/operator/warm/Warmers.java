package io.warmgate.operator.warm;

import io.warmgate.operator.rollout.Warmth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that is being warmed behind one gateway, within one budget. */
public final class Warmers implements AutoCloseable {
  private final Map<String, WarmRun> runs = new HashMap<>();
  private final OriginBudget budget = new OriginBudget();
  private final Supplier<List<WarmPod>> pods;
  private final Runnable changed;

  /**
   * @param pods those that answer now
   * @param changed runs when there is news; it must not wait
   */
  public Warmers(Supplier<List<WarmPod>> pods, Runnable changed) {
    this.pods = pods;
    this.changed = changed;
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
      run = new WarmRun(target, pods, budget, changed);
      runs.put(key, run);
      run.start();
    }
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
    List<WarmRun> asked = new ArrayList<>();
    for (String key : keys) {
      WarmRun run = runs.get(key);
      if (run == null) {
        return Warmth.UNKNOWN;
      }
      asked.add(run);
    }
    return WarmTally.of(asked);
  }

  /** Forgets what is under other keys than these. */
  public synchronized void keep(Set<String> keys) {
    List.copyOf(runs.keySet()).stream().filter(any -> !keys.contains(any)).forEach(this::stop);
  }

  @Override
  public synchronized void close() {
    List.copyOf(runs.keySet()).forEach(this::stop);
  }
}
