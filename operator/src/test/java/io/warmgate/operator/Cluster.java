package io.warmgate.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.warmgate.operator.check.AddressRule;
import io.warmgate.operator.check.HostNames;
import io.warmgate.operator.fake.FakeKubelet;
import io.warmgate.operator.gather.WatchedNamespaces;
import io.warmgate.operator.reconcile.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A namespace of an API server with the CRDs, a fake kubelet and, where asked, an operator. */
final class Cluster implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;
  private final FakeKubelet kubelet;
  private @Nullable String tenant;
  private @Nullable RunningOperator operator;

  static Cluster withOperator(KubernetesClient client) {
    Cluster cluster = new Cluster(client);
    cluster.operator = cluster.startOperator();
    return cluster;
  }

  /** With a second namespace that the operator looks after. */
  static Cluster withTenant(KubernetesClient client) {
    Cluster cluster = new Cluster(client);
    cluster.tenant = namespace(client, "tenant-");
    cluster.operator = cluster.startOperator();
    return cluster;
  }

  static Cluster withoutOperator(KubernetesClient client) {
    return new Cluster(client);
  }

  private Cluster(KubernetesClient client) {
    this.client = client;
    installCrds(client);
    namespace = namespace(client, "operator-");
    kubelet = new FakeKubelet(client, namespace);
  }

  private static String namespace(KubernetesClient client, String prefix) {
    Namespace made =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(prefix)
                    .endMetadata()
                    .build())
            .create();
    return made.getMetadata().getName();
  }

  private static synchronized void installCrds(KubernetesClient client) {
    Path manifests = Path.of(System.getProperty("warmgate.root"), "crds", "manifests");
    try (Stream<Path> files = Files.list(manifests)) {
      for (Path file : files.sorted().toList()) {
        CustomResourceDefinition crd =
            client
                        .resource(Files.readString(file))
                        .fieldManager("test")
                        .forceConflicts()
                        .serverSideApply()
                    instanceof CustomResourceDefinition applied
                ? applied
                : null;
        if (crd == null) {
          throw new IllegalStateException(file + " is no CRD");
        }
        var _ =
            client.resource(crd).waitUntilCondition(Cluster::isEstablished, 30, TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    "Established".equals(condition.getType())
                        && "True".equals(condition.getStatus()));
  }

  static Settings settings(String namespace) {
    return settings(namespace, Set.of(namespace));
  }

  private static Settings settings(String namespace, Set<String> watched) {
    return new Settings(
        new WatchedNamespaces(watched),
        new Installation("warmgate/gateway:test", "valkey/valkey:test", namespace, "operator"),
        "operator-test",
        Settings.Election.NONE,
        0,
        "127.0.0.1",
        new HostNames(null),
        AddressRule.LOOPBACK_ALLOWED);
  }

  private RunningOperator startOperator() {
    try {
      Set<String> watched = tenant == null ? Set.of(namespace) : Set.of(namespace, tenant);
      return RunningOperator.start(client, settings(namespace, watched), () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void restartOperator() {
    stopOperator();
    operator = startOperator();
  }

  void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  /** What the operator counts, in Prometheus' text format. */
  String metrics() {
    if (operator == null) {
      throw new IllegalStateException("there is no operator");
    }
    return operator.metrics();
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** The second namespace. */
  String tenant() {
    return Objects.requireNonNull(tenant);
  }

  FakeKubelet kubelet() {
    return kubelet;
  }

  /** Applies a manifest as a user would. */
  HasMetadata apply(String yaml) {
    return apply(namespace, yaml);
  }

  HasMetadata apply(String into, String yaml) {
    HasMetadata object = client.resource(yaml).item();
    object.getMetadata().setNamespace(into);
    return client.resource(object).fieldManager("user").forceConflicts().serverSideApply();
  }

  /** As {@code kubectl annotate} does. */
  void annotate(Class<? extends HasMetadata> kind, String name, String key, String value) {
    String patch = "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value);
    var _ =
        client
            .resources(kind)
            .inNamespace(namespace)
            .withName(name)
            .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  <T extends HasMetadata> T get(Class<T> kind, String name) {
    T found = client.resources(kind).inNamespace(namespace).withName(name).get();
    if (found == null) {
      throw new AssertionError("no " + kind.getSimpleName() + " " + name);
    }
    return found;
  }

  <T extends HasMetadata> List<T> list(Class<T> kind) {
    return client.resources(kind).inNamespace(namespace).list().getItems();
  }

  /** name → resourceVersion of all objects of these kinds. */
  Map<String, String> versions(List<Class<? extends HasMetadata>> kinds) {
    Map<String, String> versions = new TreeMap<>();
    for (Class<? extends HasMetadata> kind : kinds) {
      for (HasMetadata object : list(kind)) {
        versions.put(
            kind.getSimpleName() + "/" + object.getMetadata().getName(),
            object.getMetadata().getResourceVersion());
      }
    }
    return versions;
  }

  /** Returns when none of these is written any more. */
  void awaitQuiet(List<Class<? extends HasMetadata>> kinds) {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    await()
        .pollInterval(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              Map<String, String> now = versions(kinds);
              return now.equals(last.getAndSet(now));
            });
  }

  @Override
  public void close() {
    stopOperator();
    kubelet.close();
    var _ = client.namespaces().withName(namespace).delete();
    if (tenant != null) {
      var _ = client.namespaces().withName(tenant).delete();
    }
  }
}
