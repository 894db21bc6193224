package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.manifest.GatewayData;
import io.warmgate.operator.manifest.GatewayNames;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.WrittenRevisions;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's two ConfigMaps. They are read once, and again when somebody else wrote them; what
 * they hold is kept unpacked.
 */
final class Revisions {
  private final KubernetesClient client;
  private final String currentName;
  private final String acknowledgedName;
  private final KnownVersions versions = new KnownVersions();
  private @Nullable String currentVersion;
  private WrittenRevisions written = WrittenRevisions.none();

  Revisions(KubernetesClient client, String gateway) {
    this.client = client;
    this.currentName = GatewayNames.current(gateway);
    this.acknowledgedName = GatewayNames.acknowledged(gateway);
  }

  /**
   * An informer shows a ConfigMap of this name, in this version, or that it is gone.
   *
   * @return whether that is news
   */
  boolean seen(String name, @Nullable String resourceVersion) {
    boolean ours = name.equals(currentName) || name.equals(acknowledgedName);
    return ours && versions.shows(resourceVersion);
  }

  /** False where somebody else has written them since they were read. */
  boolean upToDate() {
    return versions.upToDate();
  }

  void load(ApiGateway gateway) {
    if (versions.upToDate()) {
      return;
    }
    versions.reading();
    ConfigMap currentMap = map(gateway, currentName).get();
    currentVersion = currentMap == null ? null : version(currentMap);
    Revision newest = read(gateway, currentMap);
    Revision fallback = read(gateway, map(gateway, acknowledgedName).get());
    MintedRevision opened = open(newest);
    written =
        new WrittenRevisions(
            opened == null ? open(fallback) : opened, number(newest), number(fallback));
  }

  /** What pods fall back to; null where there is none, or what is inside cannot be read here. */
  @Nullable MintedRevision readAcknowledged(ApiGateway gateway) {
    return open(read(gateway, map(gateway, acknowledgedName).get()));
  }

  private static long number(@Nullable Revision revision) {
    return revision == null ? 0 : revision.number();
  }

  private Resource<ConfigMap> map(ApiGateway gateway, String name) {
    return client.configMaps().inNamespace(gateway.getMetadata().getNamespace()).withName(name);
  }

  private static String version(ConfigMap map) {
    return map.getMetadata().getResourceVersion();
  }

  /** Null where there is none, or none that can be read, or one of an earlier gateway. */
  private static @Nullable Revision read(ApiGateway gateway, @Nullable ConfigMap map) {
    String json = map == null || map.getData() == null ? null : map.getData().get(Revision.FILE);
    if (json == null) {
      return null;
    }
    try {
      Revision revision = Revision.parse(json.getBytes(StandardCharsets.UTF_8));
      return revision.gateway().equals(gateway.getMetadata().getUid()) ? revision : null;
    } catch (ConfigException e) {
      return null;
    }
  }

  /** Null where there is none, or what is inside cannot be read here. */
  private @Nullable MintedRevision open(@Nullable Revision revision) {
    MintedRevision known = written.current();
    if (revision == null) {
      return null;
    }
    if (known != null
        && known.number() == revision.number()
        && known.revision().sameConfig(revision)) {
      return known;
    }
    try {
      return MintedRevision.open(revision);
    } catch (ConfigException e) {
      return null;
    }
  }

  WrittenRevisions written() {
    return written;
  }

  /** The newest revision that was written and can be read; null before the first. */
  @Nullable MintedRevision current() {
    return written.current();
  }

  long acknowledged() {
    return written.acknowledgedNumber();
  }

  /**
   * Writes it, if nobody wrote another since the last was read. The first needs a place: applying
   * creates what is missing and cannot be told to leave alone what is there, and creating is not
   * applying. So an empty one is created, and then written under its version like any other.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 where somebody did
   */
  void mint(ApiGateway gateway, MintedRevision revision) {
    currentVersion = write(() -> apply(GatewayData.current(gateway, revision.revision())));
    written = written.minted(revision);
  }

  private ConfigMap apply(ConfigMap wanted) {
    if (currentVersion == null) {
      currentVersion = version(client.resource(GatewayData.place(wanted)).create());
    }
    wanted.getMetadata().setResourceVersion(currentVersion);
    return client.resource(wanted).patch(ServerSideApply.asOwner());
  }

  /** Every answering pod took the current revision: it is what pods fall back to. */
  void acknowledge(ApiGateway gateway) {
    MintedRevision taken = current();
    if (taken != null && acknowledged() != taken.number()) {
      ConfigMap wanted = GatewayData.acknowledged(gateway, taken.revision());
      String _ = write(() -> client.resource(wanted).patch(ServerSideApply.asOwner()));
      written = written.acknowledged();
    }
  }

  /** The version that was written. */
  private String write(Supplier<ConfigMap> call) {
    versions.writing();
    try {
      String written = version(call.get());
      versions.wrote(written);
      return written;
    } finally {
      versions.ended();
    }
  }
}
