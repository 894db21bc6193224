package io.warmgate.operator.fleet;

import io.warmgate.config.Json;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.config.admin.SecretValues;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every pod of a gateway should have.
 *
 * @param current the newest revision that was written; null before the first
 * @param values all that {@code current} names
 * @param purges that every answering pod must have applied, oldest first; those without a receipt
 *     also travel in the heartbeat
 * @param revocations that every pod must have applied that serves an older revision than they are
 *     below, oldest first
 * @param pods how many answer; null where no pod needs to know
 */
public record Target(
    @Nullable Document current,
    Values values,
    EndpointSets endpoints,
    List<PurgeOrder> purges,
    List<RevokeOrder> revocations,
    @Nullable Integer pods) {

  /** Nothing yet. */
  public static final Target NONE =
      new Target(
          null,
          Values.of(new SecretValues(Map.of())),
          new EndpointSets(0, Map.of()),
          List.of(),
          List.of(),
          null);

  /**
   * A revision as it is sent: serialised once, whatever the number of pods.
   *
   * @param json never changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Document(long number, String hash, byte[] json) {
    public static Document of(Revision revision) {
      return new Document(revision.number(), revision.hash(), revision.toJson());
    }
  }

  /**
   * Secret values as they are sent.
   *
   * @param fingerprints names the set: equal sets are equal values
   * @param json never changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Values(List<String> fingerprints, byte[] json) {
    public static Values of(SecretValues values) {
      return new Values(List.copyOf(values.values().keySet()), Json.write(values));
    }

    @Override
    public String toString() {
      return "Values" + fingerprints;
    }
  }

  public Target {
    purges = List.copyOf(purges);
    revocations = List.copyOf(revocations);
  }

  /** With these purges. */
  public Target purging(List<PurgeOrder> now) {
    return new Target(current, values, endpoints, now, revocations, pods);
  }

  /** Ids of all orders. */
  Set<String> orders() {
    Set<String> ids = new HashSet<>();
    purges.forEach(order -> ids.add(order.id()));
    revocations.forEach(order -> ids.add(order.id()));
    return ids;
  }

  /** Number of the current revision; 0 before the first. */
  public long number() {
    return current == null ? 0 : current.number();
  }

  List<PurgeOrder> unlogged() {
    return purges.stream().filter(order -> order.logged() == null).toList();
  }
}
