package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.operator.snapshot.AttachedModel;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.FingerprintKey;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.OperatorFacts;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.Workload;
import io.warmgate.operator.snapshot.WrittenRevisions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Snapshots of a gateway {@code shop/edge} with a Service {@code catalog:8080}. */
public final class Snapshots {
  private Snapshots() {}

  /** With nothing that runs yet. */
  public static Snapshot of(List<ApiRoute> routes) {
    Service catalog =
        read(
            "kind: Service\nmetadata: {name: catalog}\nspec: {ports: [{port: 8080}]}",
            Service.class);
    return new Snapshot(
        read(
            """
            kind: ApiGateway
            metadata: {name: edge}
            spec: {listeners: [{name: http, port: 8080, protocol: HTTP}]}
            """,
            ApiGateway.class),
        new Attachments(routes, List.of(), List.of()),
        new References(Map.of("catalog", catalog)),
        new Fleet(WrittenRevisions.none(), new SecretValues(Map.of()), List.of(), Workload.none()),
        new OperatorFacts(
            "runtime", "redis", "warmgate-system", "warmgate", new FingerprintKey(new byte[32])));
  }

  /** The same where this runs already. */
  public static Snapshot running(List<ApiRoute> routes, GatewayConfig config) {
    Snapshot bare = of(routes);
    return new Snapshot(
        bare.gateway(),
        bare.attachments(),
        bare.references(),
        new Fleet(
            WrittenRevisions.none().minted(MintedRevision.open(Revision.of(1, config))),
            bare.fleet().heldValues(),
            List.of(),
            bare.fleet().workload()),
        bare.facts());
  }

  /**
   * The same with a policy for the whole gateway.
   *
   * @param policy the rest of its spec, in flow style
   */
  public static Snapshot cached(List<ApiRoute> routes, String policy) {
    Snapshot bare = of(routes);
    CachePolicy object =
        read(
            """
            kind: CachePolicy
            metadata: {name: all}
            spec: {targetRefs: [{kind: ApiGateway, name: edge}], %s}
            """
                .formatted(policy),
            CachePolicy.class);
    return new Snapshot(
        bare.gateway(),
        new Attachments(routes, List.of(new AttachedPolicy(object, Map.of())), List.of()),
        bare.references(),
        bare.fleet(),
        bare.facts());
  }

  /**
   * The same, with a model of which the gateway's pods say these versions, by uid.
   *
   * @param pods that answer
   */
  public static Snapshot saying(
      Snapshot bare,
      List<ApiRoute> routes,
      AiModelBackend model,
      List<PodSeen> pods,
      Map<String, List<ServedVersions>> versions) {
    return new Snapshot(
        bare.gateway(),
        attached(routes, model),
        new References(null, Map.of(), Map.of(), Map.of(), ReferenceGrants.none()),
        new Fleet(
            bare.fleet().revisions(),
            new SecretValues(Map.of()),
            pods,
            List.of(),
            List.of(),
            Map.of(),
            versions,
            bare.fleet().workload()),
        bare.facts());
  }

  /** These routes, and a model that they name and no other gateway serves. */
  static Attachments attached(List<ApiRoute> routes, AiModelBackend model) {
    return new Attachments(
        routes,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new AttachedModel(model, new TreeSet<>())));
  }

  /** A route of {@code shop/edge}. */
  public static ApiRoute route(String name, String spec) {
    return read(
        """
        kind: ApiRoute
        metadata: {name: %s}
        spec: {parentRefs: [{name: edge}], %s}
        """
            .formatted(name, spec),
        ApiRoute.class);
  }

  private static <T extends HasMetadata> T read(String yaml, Class<T> type) {
    T object = Serialization.unmarshal(yaml, type);
    object.getMetadata().setNamespace("shop");
    object.getMetadata().setUid(object.getMetadata().getName() + "-uid");
    object.getMetadata().setGeneration(1L);
    object.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    return object;
  }
}
