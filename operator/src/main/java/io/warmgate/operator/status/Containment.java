package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.Inclusion;
import io.warmgate.operator.translate.ObjectKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Since which revision the configuration has held an object's present generation: a pod that serves
 * that revision or a later one serves the object. Kept by whoever mints, for one gateway, from
 * revision to revision; a fresh one knows less and so says later, never sooner.
 */
public final class Containment {
  private record Since(String uid, long generation, long revision) {
    boolean isOf(HasMetadata object) {
      return uid.equals(object.getMetadata().getUid())
          && generation == object.getMetadata().getGeneration();
    }
  }

  private final Map<ObjectKey, Since> held;

  private Containment(Map<ObjectKey, Since> held) {
    this.held = held;
  }

  /** Before anything was minted or read. */
  public static Containment nothing() {
    return new Containment(Map.of());
  }

  /**
   * @param revision number of the current revision, whose configuration is the one that {@code
   *     inclusion} is of
   */
  public Containment with(long revision, Snapshot snapshot, Inclusion inclusion) {
    Map<ObjectKey, Since> next = new HashMap<>();
    add(next, revision, inclusion, snapshot.gateway());
    snapshot.attachments().routes().forEach(route -> add(next, revision, inclusion, route));
    snapshot.attachments().policies().stream()
        .map(AttachedPolicy::policy)
        .forEach(policy -> add(next, revision, inclusion, policy));
    snapshot
        .attachments()
        .consumers()
        .forEach(consumer -> add(next, revision, inclusion, consumer));
    snapshot
        .attachments()
        .models()
        .forEach(attached -> add(next, revision, inclusion, attached.model()));
    return new Containment(next);
  }

  private void add(
      Map<ObjectKey, Since> next, long revision, Inclusion inclusion, HasMetadata object) {
    ObjectKey key = ObjectKey.of(object);
    if (!inclusion.objects().contains(key)) {
      return;
    }
    Since before = held.get(key);
    next.put(
        key,
        before != null && before.isOf(object)
            ? before
            : new Since(
                object.getMetadata().getUid(), object.getMetadata().getGeneration(), revision));
  }

  /** The first revision that holds the object as it is; 0 where none does. */
  long since(HasMetadata object) {
    Since since = held.get(ObjectKey.of(object));
    return since != null && since.isOf(object) ? since.revision() : 0;
  }
}
