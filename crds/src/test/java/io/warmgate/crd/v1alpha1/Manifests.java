package io.warmgate.crd.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The CustomResourceDefinitions of this package's kinds, as they are written to manifests/. */
final class Manifests {
  static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ApiGateway.class,
          ApiRoute.class,
          CachePolicy.class,
          CacheInvalidation.class,
          CacheWarmup.class,
          ApiConsumer.class,
          AiModelBackend.class,
          RedisCache.class);

  /** Where the manifests are committed. */
  static final Path FOLDER =
      Path.of(System.getProperty("warmgate.root", ".."), "crds", "manifests");

  /** The copies that the chart installs. */
  static final Path CHART =
      Path.of(System.getProperty("warmgate.root", ".."), "helm-chart", "warmgate", "files", "crds");

  private static final String HEADER =
      "# Generated from io.warmgate.crd.v1alpha1: mvn test -pl crds -am -Dwarmgate.update\n";

  private Manifests() {}

  /** The text of each manifest by its file name, in the files' order. */
  static Map<String, String> generate() {
    Map<String, String> manifests = new TreeMap<>();
    for (Class<? extends HasMetadata> kind : KINDS) {
      String name = HasMetadata.getFullResourceName(kind);
      manifests.put(name + ".yaml", HEADER + withoutHeader(generate(kind)));
    }
    return manifests;
  }

  /** Applies the committed manifests and waits until their kinds are served. */
  static void install(KubernetesClient client) {
    for (Class<? extends HasMetadata> kind : KINDS) {
      String name = HasMetadata.getFullResourceName(kind);
      client.load(read(FOLDER.resolve(name + ".yaml"))).serverSideApply();
    }
    for (Class<? extends HasMetadata> kind : KINDS) {
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName(HasMetadata.getFullResourceName(kind))
          .waitUntilCondition(Manifests::isEstablished, 20, TimeUnit.SECONDS);
    }
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static InputStream read(Path file) {
    try {
      return new ByteArrayInputStream(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String generate(Class<? extends HasMetadata> kind) {
    InMemory output = new InMemory();
    new CRDGenerator()
        .customResourceClasses(List.of(kind))
        .withMinQuotes(true)
        .withPostProcessor(new Completion(kind))
        .withOutput(output)
        .generate();
    return output.text();
  }

  private static String withoutHeader(String yaml) {
    return yaml.lines()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** What the generator leaves out, read from the same annotations. */
  private record Completion(Class<? extends HasMetadata> kind) implements CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata crd, String version) {
      ((CustomResourceDefinition) crd).getSpec().getVersions().forEach(this::complete);
      return crd;
    }

    private void complete(CustomResourceDefinitionVersion version) {
      JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
      schema.setRequired(List.of("spec"));
      new SchemaCompletion().complete(schema, kind);
      orderColumns(version);
    }

    /** The generator sorts columns by path; here they stand as they are declared. */
    private void orderColumns(CustomResourceDefinitionVersion version) {
      List<String> declared =
          Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
              .map(AdditionalPrinterColumn::name)
              .toList();
      version.setAdditionalPrinterColumns(
          version.getAdditionalPrinterColumns().stream()
              .sorted(Comparator.comparingInt(column -> declared.indexOf(column.getName())))
              .toList());
    }
  }

  private static final class InMemory implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return bytes;
    }

    @Override
    public URI crdURI(String crdName) {
      return URI.create("file:///" + crdName); // asked for, never opened
    }

    @Override
    public void close() {}

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
