package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.gather.ResourceVersions;
import io.warmgate.operator.manifest.GatewayData;
import io.warmgate.operator.manifest.GatewayNames;
import io.warmgate.operator.snapshot.MintedRevision;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's two ConfigMaps. They are read once, and again when somebody else wrote them; what
 * they hold is kept unpacked.
 */
final class Revisions {
  private final KubernetesClient client;
  private final String currentName;
  private final String acknowledgedName;
  private volatile boolean loaded;
  private @Nullable MintedRevision current;
  private @Nullable String currentVersion;
  private long acknowledged;
  private long lastWritten;

  Revisions(KubernetesClient client, String gateway) {
    this.client = client;
    this.currentName = GatewayNames.current(gateway);
    this.acknowledgedName = GatewayNames.acknowledged(gateway);
  }

  /** An informer shows a ConfigMap of this name, in this version, or that it is gone. */
  void seen(String name, @Nullable String resourceVersion) {
    boolean ours = name.equals(currentName) || name.equals(acknowledgedName);
    if (ours && (resourceVersion == null || ResourceVersions.of(resourceVersion) > lastWritten)) {
      loaded = false;
    }
  }

  void load(ApiGateway gateway) {
    if (loaded) {
      return;
    }
    loaded = true;
    ConfigMap currentMap = map(gateway, currentName).get();
    currentVersion = currentMap == null ? null : version(currentMap);
    Revision revision = read(gateway, currentMap);
    if (revision == null) {
      current = null;
    } else if (current == null || current.number() != revision.number()) {
      current = open(revision);
    }
    Revision fallback = read(gateway, map(gateway, acknowledgedName).get());
    acknowledged = fallback == null ? 0 : fallback.number();
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

  private static @Nullable MintedRevision open(Revision revision) {
    try {
      return MintedRevision.open(revision);
    } catch (ConfigException e) {
      return null;
    }
  }

  /** The newest revision that was written; null before the first. */
  @Nullable MintedRevision current() {
    return current;
  }

  long acknowledged() {
    return acknowledged;
  }

  /**
   * Writes it, if nobody wrote another since the last was read.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException 409 where somebody did
   */
  void mint(ApiGateway gateway, MintedRevision revision) {
    ConfigMap wanted = GatewayData.current(gateway, revision.revision());
    loaded = false; // until it is known to be written: a failure is ambiguous
    ConfigMap written;
    if (currentVersion == null) {
      written = client.resource(wanted).create();
    } else {
      wanted.getMetadata().setResourceVersion(currentVersion);
      written = client.resource(wanted).patch(FieldManager.apply());
    }
    currentVersion = version(written);
    lastWritten = Math.max(lastWritten, ResourceVersions.of(currentVersion));
    current = revision;
    loaded = true;
  }

  /** Every answering pod took the current revision: it is what pods fall back to. */
  void acknowledge(ApiGateway gateway) {
    MintedRevision taken = current;
    if (taken == null || acknowledged == taken.number()) {
      return;
    }
    ConfigMap written =
        client
            .resource(GatewayData.acknowledged(gateway, taken.revision()))
            .patch(FieldManager.apply());
    lastWritten = Math.max(lastWritten, ResourceVersions.of(version(written)));
    acknowledged = taken.number();
  }
}
