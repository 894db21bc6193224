package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.Refusal;
import io.warmgate.config.admin.RevokeOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator knows of one pod from asking it: pure, each event gives the next.
 *
 * @param state its last answer; null before the first
 * @param problem why it cannot be asked now; null while it can
 * @param told whether it was sent a heartbeat: from then on it may be ready
 * @param refused the newest revision that it refused here
 * @param values fingerprints of the values it took; null before it took any
 * @param purged ids of orders that it acknowledged
 */
record Contact(
    @Nullable PodState state,
    @Nullable String problem,
    boolean told,
    PodState.@Nullable Refused refused,
    @Nullable List<String> values,
    Set<String> purged) {

  static final Contact NONE = new Contact(null, "was not asked yet", false, null, null, Set.of());

  Contact {
    purged = Set.copyOf(purged);
  }

  /**
   * The pod answered.
   *
   * @param podUid whom the operator meant to ask
   */
  Contact heard(PodState said, String podUid) {
    if (!said.podUid().equals(podUid)) {
      return failed("its address now belongs to another pod");
    }
    if (state != null && said.startedAt() < state.startedAt()) {
      return this; // an answer of the container before, overtaken by one of the container now
    }
    if (state == null || state.startedAt() != said.startedAt()) {
      return new Contact(said, null, false, said.refused(), null, Set.of());
    }
    PodState newer = overtaken(said) ? state : said;
    return new Contact(newer, null, told, newest(newer, refused), values, purged);
  }

  /** Calls run side by side: an answer given before the last one known may come after it. */
  private boolean overtaken(PodState said) {
    long serves = said.revision() == null ? 0 : said.revision().number();
    return serves < served()
        || (state != null && said.endpointsVersion() < state.endpointsVersion());
  }

  /** What it says now, or what it refused here, as long as it has not taken that or a newer one. */
  private static PodState.@Nullable Refused newest(
      PodState said, PodState.@Nullable Refused known) {
    long serves = said.revision() == null ? 0 : said.revision().number();
    long refuses = said.refused() == null ? 0 : said.refused().number();
    return known == null || known.number() <= Math.max(serves, refuses) ? said.refused() : known;
  }

  Contact failed(String why) {
    return new Contact(state, why, told, refused, values, purged);
  }

  Contact refused(Target.Document revision, Refusal refusal) {
    PodState.Refused now =
        new PodState.Refused(revision.number(), revision.hash(), refusal.path(), refusal.message());
    return new Contact(state, null, told, now, values, purged);
  }

  Contact tellingNow() {
    return told ? this : new Contact(state, problem, true, refused, values, purged);
  }

  Contact tookValues(List<String> fingerprints) {
    return new Contact(state, problem, told, refused, fingerprints, purged);
  }

  /**
   * @param open ids of the orders still asked for; the others' acknowledgements are forgotten
   */
  Contact purged(Order order, Set<String> open) {
    Set<String> more = new HashSet<>(purged);
    more.add(order.id());
    more.retainAll(open);
    return new Contact(state, problem, told, refused, values, more);
  }

  boolean hasPurged(String order) {
    return purged.contains(order) || (state != null && state.applied().contains(order));
  }

  /** Whether it still lets in whom the order keeps out: a newer revision does not. */
  boolean owes(RevokeOrder order) {
    return served() < order.below() && !hasPurged(order.id());
  }

  long served() {
    return state == null || state.revision() == null ? 0 : state.revision().number();
  }

  boolean refuses(Target.Document revision) {
    return refused != null
        && refused.number() == revision.number()
        && refused.hash().equals(revision.hash());
  }
}
