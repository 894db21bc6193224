package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Heartbeat;

/**
 * What a pod is sent every second.
 *
 * <p>A pod that serves what its heartbeat names may turn ready, so a pod counts as answering from
 * its first heartbeat on ({@link Contact#told}). That first one is held back, and its state is
 * asked for instead, until the pod serves what would be named, and obeys what was revoked since
 * that; but not for long, since a pod that hears no heartbeat for 10 s turns ready with whatever it
 * has.
 */
sealed interface Beat {
  /** How long the first heartbeat is held back at most. */
  long MAX_HELD_NANOS = 5_000_000_000L;

  /** Ask for its state. */
  record Ask() implements Beat {}

  /** Tell it. */
  record Tell(Heartbeat heartbeat) implements Beat {}

  /**
   * @param heldNanos how long the pod has answered without a heartbeat
   */
  static Beat of(Target target, Contact contact, long heldNanos) {
    long named = named(target, contact);
    boolean tell =
        named > 0
            && contact.served() > 0
            && (contact.told() || mayBeReady(target, contact) || heldNanos > MAX_HELD_NANOS);
    return tell
        ? new Tell(
            new Heartbeat(named, target.endpoints().version(), target.unlogged(), target.pods()))
        : new Ask();
  }

  /**
   * The current revision; for a pod that refuses it the one that it serves, so that what ran goes
   * on, also after a restart.
   */
  static long named(Target target, Contact contact) {
    return target.current() != null && contact.refuses(target.current())
        ? contact.served()
        : target.number();
  }

  /** Whether a heartbeat would make the pod ready now. */
  static boolean urgent(Target target, Contact contact) {
    return contact.problem() == null
        && !contact.told()
        && contact.served() > 0
        && mayBeReady(target, contact);
  }

  private static boolean mayBeReady(Target target, Contact contact) {
    return contact.served() == named(target, contact)
        && target.revocations().stream().noneMatch(contact::owes);
  }
}
