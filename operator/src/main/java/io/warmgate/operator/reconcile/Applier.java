package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.operator.gather.ResourceVersions;
import io.warmgate.operator.translate.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies the objects that a gateway or a Redis is made of, and nothing when nothing changed: each
 * is applied when its content differs from the last applied, when somebody else changed it, or when
 * it was deleted.
 */
public final class Applier {
  private final KubernetesClient client;
  private final Map<ObjectKey, Applied> applied = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Mark> seen = new ConcurrentHashMap<>();

  private record Applied(String content, Mark mark) {}

  /**
   * What of an object changes when its wanted part may have been changed, and not when only its
   * status was.
   *
   * @param version null: deleted
   */
  private record Mark(
      String uid,
      long resourceVersion,
      @Nullable String version,
      String apiVersion,
      List<String> owners) {
    static Mark of(HasMetadata object) {
      ObjectMeta metadata = object.getMetadata();
      return new Mark(
          metadata.getUid(),
          ResourceVersions.of(metadata.getResourceVersion()),
          version(object),
          object.getApiVersion(),
          metadata.getOwnerReferences().stream().map(OwnerReference::getUid).toList());
    }

    Mark deleted() {
      return new Mark(uid, resourceVersion, null, apiVersion, owners);
    }

    private static String version(HasMetadata object) {
      Long generation = object.getMetadata().getGeneration();
      if (generation != null) {
        return "generation " + generation;
      }
      // Its controller writes its status all the time, and it has no generation.
      return object instanceof HorizontalPodAutoscaler scaler
          ? Serialization.asJson(scaler.getSpec())
          : "version " + object.getMetadata().getResourceVersion();
    }

    boolean departsFrom(Mark ours) {
      return version == null
          ? uid.equals(ours.uid)
          : resourceVersion > ours.resourceVersion && !Objects.equals(version, ours.version);
    }
  }

  public Applier(KubernetesClient client) {
    this.client = client;
  }

  /** An informer shows it like this. */
  public void seen(HasMetadata object) {
    seen.put(ObjectKey.of(object), Mark.of(object));
  }

  /** An informer says that it is gone. */
  public void deleted(HasMetadata object) {
    seen.put(ObjectKey.of(object), Mark.of(object).deleted());
  }

  /** Applies those that are not there as wanted, in this order. */
  public void apply(List<HasMetadata> wanted) {
    wanted.forEach(this::apply);
  }

  /** Applies it where it is not there as wanted. */
  public void apply(HasMetadata wanted) {
    ObjectKey key = ObjectKey.of(wanted);
    String content = Digest.of(Serialization.asJson(wanted));
    Applied last = applied.get(key);
    Mark live = seen.get(key);
    if (last != null
        && last.content().equals(content)
        && (live == null || !live.departsFrom(last.mark()))) {
      return;
    }
    HasMetadata answer = client.resource(wanted).patch(ServerSideApply.asOwner());
    applied.put(key, new Applied(content, Mark.of(answer)));
  }

  /** Gives a Deployment that is kept as it is another number of pods. */
  public void scale(String namespace, String deployment, int replicas) {
    Deployment _ =
        client
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withName(deployment)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
  }

  /**
   * Deletes the object where it exists and this is its owner.
   *
   * @param owner uid
   */
  public void delete(ObjectKey unwanted, String owner) {
    Mark live = seen.get(unwanted);
    if (live == null || live.version() == null || !live.owners().contains(owner)) {
      return;
    }
    List<StatusDetails> _ =
        client
            .genericKubernetesResources(live.apiVersion(), unwanted.kind())
            .inNamespace(unwanted.namespace())
            .withName(unwanted.name())
            .delete();
    applied.remove(unwanted);
  }
}
