package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.warmgate.local.kubelet.VolumeFolder.Content;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the files of a configMap, secret, downwardAPI or projected volume are now. */
final class VolumeContents {
  private static final int DEFAULT_MODE = 0644;

  private final Pod pod;
  private final String ip;
  private final Sources sources;

  VolumeContents(Pod pod, String ip, Sources sources) {
    this.pod = pod;
    this.ip = ip;
    this.sources = sources;
  }

  /** The files by path; empty where the volume is of another kind. */
  Optional<Map<String, Content>> of(Volume volume) throws NotYet {
    if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      return Optional.of(
          configMap(
              source.getName(), source.getItems(), source.getOptional(), source.getDefaultMode()));
    }
    if (volume.getSecret() != null) {
      var source = volume.getSecret();
      return Optional.of(
          secret(
              source.getSecretName(),
              source.getItems(),
              source.getOptional(),
              source.getDefaultMode()));
    }
    if (volume.getDownwardAPI() != null) {
      var source = volume.getDownwardAPI();
      return Optional.of(downward(source.getItems(), source.getDefaultMode()));
    }
    if (volume.getProjected() != null) {
      var files = new HashMap<String, Content>();
      for (VolumeProjection part : volume.getProjected().getSources()) {
        files.putAll(projected(part, volume.getProjected().getDefaultMode()));
      }
      return Optional.of(files);
    }
    return Optional.empty();
  }

  private Map<String, Content> projected(VolumeProjection part, @Nullable Integer mode)
      throws NotYet {
    if (part.getConfigMap() != null) {
      var source = part.getConfigMap();
      return configMap(source.getName(), source.getItems(), source.getOptional(), mode);
    }
    if (part.getSecret() != null) {
      var source = part.getSecret();
      return secret(source.getName(), source.getItems(), source.getOptional(), mode);
    }
    if (part.getDownwardAPI() != null) {
      return downward(part.getDownwardAPI().getItems(), mode);
    }
    if (part.getServiceAccountToken() != null) {
      return Map.of(); // pods of this machine get no API token
    }
    throw new NotYet("FailedMount", "a projected volume of this kind is not supported here");
  }

  private Map<String, Content> configMap(
      String name, List<KeyToPath> items, @Nullable Boolean optional, @Nullable Integer mode)
      throws NotYet {
    var data = new HashMap<String, byte[]>();
    var map = sources.configMap(pod.getMetadata().getNamespace(), name);
    map.ifPresent(
        found -> {
          found
              .getData()
              .forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
          found.getBinaryData().forEach((key, base64) -> data.put(key, decode(base64)));
        });
    return files("configmap", name, map.isPresent(), data, new Selection(items, optional, mode));
  }

  private Map<String, Content> secret(
      String name, List<KeyToPath> items, @Nullable Boolean optional, @Nullable Integer mode)
      throws NotYet {
    var data = new HashMap<String, byte[]>();
    var secret = sources.secret(pod.getMetadata().getNamespace(), name);
    secret.ifPresent(
        found -> found.getData().forEach((key, base64) -> data.put(key, decode(base64))));
    return files("secret", name, secret.isPresent(), data, new Selection(items, optional, mode));
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  /** Which keys, under which paths. */
  private record Selection(
      List<KeyToPath> items, @Nullable Boolean optional, @Nullable Integer mode) {
    int defaultMode() {
      return mode == null ? DEFAULT_MODE : mode;
    }
  }

  private static Map<String, Content> files(
      String kind, String name, boolean there, Map<String, byte[]> data, Selection selection)
      throws NotYet {
    boolean optional = Boolean.TRUE.equals(selection.optional());
    if (!there && !optional) {
      throw new NotYet("FailedMount", "%s \"%s\" not found".formatted(kind, name));
    }
    var files = new HashMap<String, Content>();
    if (selection.items() == null || selection.items().isEmpty()) {
      data.forEach((key, bytes) -> files.put(key, new Content(bytes, selection.defaultMode())));
      return files;
    }
    for (KeyToPath item : selection.items()) {
      byte[] bytes = data.get(item.getKey());
      if (bytes != null) {
        int mode = item.getMode() == null ? selection.defaultMode() : item.getMode();
        files.put(item.getPath(), new Content(bytes, mode));
      } else if (!optional) {
        throw new NotYet(
            "FailedMount", "%s \"%s\" has no key \"%s\"".formatted(kind, name, item.getKey()));
      }
    }
    return files;
  }

  private Map<String, Content> downward(List<DownwardAPIVolumeFile> items, @Nullable Integer mode)
      throws NotYet {
    var files = new HashMap<String, Content>();
    for (DownwardAPIVolumeFile item : items) {
      if (item.getFieldRef() == null) {
        throw new NotYet("FailedMount", "a downwardAPI file needs a fieldRef here");
      }
      String text = Fields.of(pod, ip, item.getFieldRef().getFieldPath());
      files.put(
          item.getPath(),
          new Content(
              text.getBytes(StandardCharsets.UTF_8),
              item.getMode() != null ? item.getMode() : mode == null ? DEFAULT_MODE : mode));
    }
    return files;
  }
}
