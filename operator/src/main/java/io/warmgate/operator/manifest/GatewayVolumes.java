package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.warmgate.config.admin.AdminApi;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a gateway's pod finds on disk. Mounted as folders, never by {@code subPath}, so that changes
 * arrive; all but the admin folder may not be there yet when a pod starts.
 */
final class GatewayVolumes {
  private static final int OWNER_AND_GROUP_READ = 0440;

  private GatewayVolumes() {}

  static List<Volume> volumes(String gateway) {
    return List.of(
        configMap("current", GatewayNames.current(gateway)),
        configMap("acknowledged", GatewayNames.acknowledged(gateway)),
        new VolumeBuilder()
            .withName("values")
            .withNewSecret()
            .withSecretName(GatewayNames.values(gateway))
            .withDefaultMode(OWNER_AND_GROUP_READ)
            .withOptional(true)
            .endSecret()
            .build(),
        new VolumeBuilder()
            .withName("admin")
            .withNewSecret()
            .withSecretName(GatewayNames.admin(gateway))
            .withDefaultMode(OWNER_AND_GROUP_READ)
            .withItems(mountedKeys())
            .endSecret()
            .build(),
        new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
  }

  static List<VolumeMount> mounts() {
    return List.of(
        readOnly("current", AdminApi.CURRENT_DIR),
        readOnly("acknowledged", AdminApi.ACKNOWLEDGED_DIR),
        readOnly("values", AdminApi.VALUES_DIR),
        readOnly("admin", AdminApi.ADMIN_DIR),
        new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
  }

  private static List<KeyToPath> mountedKeys() {
    return Stream.of(
            AdminApi.TLS_CERTIFICATE,
            AdminApi.TLS_PRIVATE_KEY,
            AdminApi.OPERATOR_TOKEN,
            AdminApi.PURGE_TOKEN,
            AdminApi.PREVIEW_TOKEN,
            AdminApi.HANDOVER_TOKEN)
        .map(key -> new KeyToPathBuilder().withKey(key).withPath(key).build())
        .toList();
  }

  private static Volume configMap(String volume, String name) {
    return new VolumeBuilder()
        .withName(volume)
        .withNewConfigMap()
        .withName(name)
        .withOptional(true)
        .endConfigMap()
        .build();
  }

  private static VolumeMount readOnly(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }
}
