package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pod's volumes as folders, and its containers' mounts as links to them below the pod's root.
 * Kinds: configMap, secret, downwardAPI, projected, emptyDir, hostPath, persistentVolumeClaim.
 * Containers of one pod share the root, so they cannot mount different volumes at one path.
 */
final class Volumes {
  private final PodFolder folder;
  private final Map<String, VolumeFolder> written = new HashMap<>();

  Volumes(PodFolder folder) {
    this.folder = folder;
  }

  /** Makes the files what the API says now. */
  synchronized void refresh(Pod pod, VolumeContents contents) throws NotYet {
    for (Volume volume : pod.getSpec().getVolumes()) {
      var files = contents.of(volume);
      if (files.isPresent()) {
        try {
          written
              .computeIfAbsent(volume.getName(), name -> new VolumeFolder(folder.volume(name)))
              .write(files.get());
        } catch (IOException failed) {
          throw new NotYet(
              "FailedMount", "volume " + volume.getName() + ": " + failed.getMessage());
        }
      }
    }
  }

  /** Makes the folders of all mounts. */
  void mount(Pod pod) throws NotYet {
    for (Container container : pod.getSpec().getContainers()) {
      for (VolumeMount mount : container.getVolumeMounts()) {
        try {
          mount(pod, mount);
        } catch (IOException failed) {
          throw new NotYet("FailedMount", mount.getMountPath() + ": " + failed.getMessage());
        }
      }
    }
  }

  private void mount(Pod pod, VolumeMount mount) throws IOException, NotYet {
    Optional<Volume> volume =
        pod.getSpec().getVolumes().stream()
            .filter(candidate -> candidate.getName().equals(mount.getName()))
            .findFirst();
    if (volume.isEmpty()) {
      throw new NotYet("FailedMount", "volume \"" + mount.getName() + "\" is not there");
    }
    Path point = folder.mount(mount.getMountPath());
    if (Files.exists(point, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path source = source(volume.get());
    Files.createDirectories(point.getParent());
    boolean part = mount.getSubPath() != null && !mount.getSubPath().isEmpty();
    Files.createSymbolicLink(point, part ? source.resolve(mount.getSubPath()) : source);
  }

  private Path source(Volume volume) throws IOException, NotYet {
    if (written.containsKey(volume.getName())) {
      return folder.volume(volume.getName());
    }
    if (volume.getEmptyDir() != null) {
      return Files.createDirectories(folder.volume(volume.getName()));
    }
    if (volume.getPersistentVolumeClaim() != null) {
      return Files.createDirectories(
          folder.claims().resolve(volume.getPersistentVolumeClaim().getClaimName()));
    }
    if (volume.getHostPath() != null) {
      return Path.of(volume.getHostPath().getPath());
    }
    throw new NotYet(
        "FailedMount", "volume \"" + volume.getName() + "\" is of a kind not known here");
  }
}
