package io.warmgate.operator.snapshot;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What models cost and take where nobody says it: the list that the operator comes with ({@code
 * warmgate/models.yaml}), and one of the installation's that goes before it.
 */
public final class ModelCatalogue {
  private static final String SHIPPED = "/warmgate/models.yaml";

  /** What names of one model have at their end: a date, or that it is the newest. */
  private static final Pattern DATED =
      Pattern.compile("-(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|20[0-9]{6}|latest)$");

  private static final Pattern HOST = Pattern.compile("^https?://([^/:\\[]+)");

  private static final YAMLMapper YAML = new YAMLMapper();

  private static final ModelCatalogue OWN = own();

  private final Map<Place, Known> models;

  private ModelCatalogue(Map<Place, Known> models) {
    this.models = models;
  }

  /**
   * A model, and in which currency its prices are.
   *
   * @param currency ISO 4217
   */
  public record Known(KnownModel model, String currency) {}

  /**
   * @param source a provider's name in the API, or a host in lower case
   */
  private record Place(String source, String name) {}

  /** The list as it stands in a file. */
  record Listed(@Nullable String asOf, String currency, List<Source> sources) {
    Listed {
      if (currency == null || sources == null) {
        throw new IllegalArgumentException("a list has a currency and sources");
      }
    }
  }

  /** One of {@code provider} and {@code host} is there. */
  record Source(@Nullable String provider, @Nullable String host, List<KnownModel> models) {
    Source {
      if ((provider == null) == (host == null) || models == null) {
        throw new IllegalArgumentException("a source has a provider or a host, and models");
      }
    }

    private String name() {
      return provider == null ? Objects.requireNonNull(host) : provider;
    }
  }

  /** What the operator comes with. */
  public static ModelCatalogue shipped() {
    return OWN;
  }

  private static ModelCatalogue own() {
    try (InputStream in =
        Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream(SHIPPED), SHIPPED)) {
      return new ModelCatalogue(Map.copyOf(read(in)));
    } catch (IOException e) {
      throw new IllegalStateException(SHIPPED, e);
    }
  }

  /**
   * The same, behind a list of the same form.
   *
   * @param yaml the list
   * @throws IllegalArgumentException where it cannot be read
   */
  public ModelCatalogue behind(InputStream yaml) {
    Map<Place, Known> all = new HashMap<>(models);
    try {
      all.putAll(read(yaml));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return new ModelCatalogue(Map.copyOf(all));
  }

  private static Map<Place, Known> read(InputStream yaml) throws IOException {
    Listed listed = YAML.readValue(yaml, Listed.class);
    Map<Place, Known> models = new HashMap<>();
    for (Source source : listed.sources()) {
      for (KnownModel model : source.models()) {
        Place place = new Place(source.name(), model.name());
        if (models.put(place, new Known(model, listed.currency())) != null) {
          throw new IllegalArgumentException(place + " is there twice");
        }
      }
    }
    return models;
  }

  /**
   * A model by whom, or else where, it is asked.
   *
   * @param model what the provider calls it
   */
  public Optional<Known> find(AiModelBackendSpec spec, String model) {
    return named(spec, model).or(() -> named(spec, DATED.matcher(model).replaceFirst("")));
  }

  private Optional<Known> named(AiModelBackendSpec spec, String model) {
    return Stream.of(provider(spec), host(spec))
        .map(source -> models.get(new Place(source, model)))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /**
   * By name, or by the host that it has by itself; a server that speaks as another does by its own
   * alone.
   */
  private static String provider(AiModelBackendSpec spec) {
    return switch (spec.provider()) {
      case OPENAI -> "OpenAI";
      case ANTHROPIC -> "Anthropic";
      case GEMINI -> "generativelanguage.googleapis.com";
      case MISTRAL -> "api.mistral.ai";
      // What is asked at Azure is a deployment: of which model its name does not say. Bedrock has
      // prices by region.
      case AZURE_OPENAI, BEDROCK, OPENAI_COMPATIBLE, KSERVE_V2, TF_SERVING -> "";
    };
  }

  private static String host(AiModelBackendSpec spec) {
    String endpoint = spec.endpoint();
    if (endpoint == null) {
      return "";
    }
    Matcher host = HOST.matcher(endpoint);
    return host.find() ? host.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /** How many there are. */
  public int size() {
    return models.size();
  }
}
