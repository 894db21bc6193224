package io.warmgate.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.snapshot.AttachedModel;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.ConfigMapData;
import io.warmgate.operator.snapshot.FingerprintKey;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.OperatorFacts;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.PodSide;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.Workload;
import io.warmgate.operator.snapshot.WrittenRevisions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file's resources as a snapshot. */
final class Scene {
  private final Resources resources;

  Scene(Resources resources) {
    this.resources = resources;
  }

  Snapshot snapshot(@Nullable MintedRevision current, SecretValues held) {
    return new Snapshot(
        resources.all(ApiGateway.class).getFirst(),
        new Attachments(
            resources.all(ApiRoute.class),
            policies(),
            resources.all(CacheInvalidation.class),
            List.of(),
            resources.all(ApiConsumer.class),
            models()),
        references(),
        fleet(current, held),
        facts());
  }

  static OperatorFacts facts() {
    return new OperatorFacts(
        "warmgate/runtime:1",
        "redis:8",
        "warmgate-system",
        "warmgate-operator",
        new FingerprintKey("a fingerprint key of 32 bytes...".getBytes(StandardCharsets.UTF_8)));
  }

  private List<AttachedPolicy> policies() {
    JsonNode elsewhere = resources.fleet().path("elsewhere");
    List<AttachedPolicy> policies = new ArrayList<>();
    for (CachePolicy policy : resources.all(CachePolicy.class)) {
      Map<CacheTarget, String> others = new HashMap<>();
      for (CacheTarget target : policy.getSpec().targetRefs()) {
        if (elsewhere.has(target.name())) {
          others.put(target, elsewhere.path(target.name()).asText());
        }
      }
      policies.add(new AttachedPolicy(policy, others));
    }
    return policies;
  }

  private List<AttachedModel> models() {
    Set<String> named =
        resources.all(ApiRoute.class).stream()
            .flatMap(route -> AttachedModel.named(route).stream())
            .collect(Collectors.toSet());
    return resources.all(AiModelBackend.class).stream()
        .filter(model -> named.contains(name(model)))
        .map(model -> new AttachedModel(model, new TreeSet<>()))
        .toList();
  }

  private References references() {
    Map<String, Service> services = new HashMap<>();
    resources.all(Service.class).forEach(service -> services.put(name(service), service));
    Map<String, Map<String, SecretLookup>> secrets = new HashMap<>();
    for (Secret secret : resources.all(Secret.class)) {
      Map<String, byte[]> data = new HashMap<>();
      secret.getData().forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
      in(secrets, secret.getMetadata().getNamespace())
          .put(name(secret), new SecretLookup.Found(data));
    }
    resources
        .fleet()
        .path("notReadable")
        .forEach(name -> in(secrets, "shop").put(name.asText(), new SecretLookup.NotReadable()));
    RedisCache redis = resources.all(RedisCache.class).stream().findFirst().orElse(null);
    Map<String, ConfigMapData> lists = new HashMap<>();
    resources.all(ConfigMap.class).forEach(map -> lists.put(name(map), ConfigMapData.of(map)));
    return new References(redis, services, secrets, lists, grants());
  }

  private static Map<String, SecretLookup> in(
      Map<String, Map<String, SecretLookup>> secrets, String namespace) {
    return secrets.computeIfAbsent(namespace, _ -> new HashMap<>());
  }

  /** The fleet's {@code grants: {namespace: gateway}}, as an informer of ReferenceGrants has it. */
  private ReferenceGrants grants() {
    JsonNode said = resources.fleet().path("grants");
    if (said.asText().equals("NotServed")) {
      return new ReferenceGrants.NotServed();
    }
    Set<ReferenceGrants.Allowed> allowed = new HashSet<>();
    said.properties()
        .forEach(
            any ->
                allowed.add(
                    new ReferenceGrants.Allowed(
                        any.getKey(), any.getValue().isNull() ? null : any.getValue().asText())));
    return new ReferenceGrants.Known(allowed);
  }

  private Fleet fleet(@Nullable MintedRevision current, SecretValues held) {
    List<PodSeen> pods = new ArrayList<>();
    resources.fleet().path("pods").forEach(pod -> pods.add(pod(pod)));
    long acknowledged = resources.fleet().path("acknowledged").asLong(0);
    return new Fleet(
        new WrittenRevisions(current, current == null ? 0 : current.number(), acknowledged),
        held,
        pods,
        new Workload(
            List.of(new PodSide("0a1b2c3d", pods.size(), pods.size(), pods.size(), true)),
            List.of("10.96.0.7")));
  }

  private static PodSeen pod(JsonNode pod) {
    String uid = pod.path("name").asText() + "-uid";
    long number = pod.path("serves").asLong(0);
    boolean ready = pod.path("ready").asBoolean(true);
    PodState.Refused refused =
        pod.has("refuses")
            ? new PodState.Refused(
                pod.path("refuses").asLong(), "hash", "routes[0]", "is not what it seems")
            : null;
    PodState state =
        new PodState(
            uid,
            0,
            List.of(1),
            number == 0 ? null : new PodState.Served(number, "hash"),
            refused,
            ready,
            ready,
            false,
            0,
            null,
            List.of());
    return new PodSeen(pod.path("name").asText(), uid, true, state, null, refused);
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
