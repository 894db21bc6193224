package io.warmgate.local;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Warmgate's CRDs and the namespaces that a cluster begins with. */
final class CustomResources {
  private static final long PATIENCE_SECONDS = 30;

  private CustomResources() {}

  /** Applies every CRD of the folder and waits until their resources are served. */
  static void apply(KubernetesClient client, Path manifests) throws IOException {
    var names = new ArrayList<String>();
    try (Stream<Path> files = Files.list(manifests)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".yaml")).sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          for (var object : client.load(in).items()) {
            client.resource(object).forceConflicts().serverSideApply();
            if (object instanceof CustomResourceDefinition) {
              names.add(object.getMetadata().getName());
            }
          }
        }
      }
    }
    for (String name : names) {
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName(name)
          .waitUntilCondition(CustomResources::established, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static boolean established(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  /** Makes the namespaces that are not there. */
  static void namespaces(KubernetesClient client, List<String> names) {
    for (String name : names) {
      if (client.namespaces().withName(name).get() == null) {
        client
            .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
            .create();
      }
    }
  }
}
