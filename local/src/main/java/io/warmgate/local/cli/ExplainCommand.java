package io.warmgate.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.ExplainRequest.Origin;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.local.GatewayUrls;
import io.warmgate.local.explain.Closest;
import io.warmgate.local.explain.ExplainText;
import io.warmgate.local.explain.GatewayChoice;
import io.warmgate.local.explain.GatewayChoice.Resources;
import io.warmgate.local.explain.Inquiry;
import io.warmgate.local.explain.PodAnswer;
import io.warmgate.local.network.Published;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code warmgate explain}. */
@Command(
    name = "explain",
    description = {
      "Says why a request is, or is not, answered from the cache: its key and policy, and the entry"
          + " in each pod's memory, in Redis and at the origin. Changes nothing.",
      "Needs to read the Secret <gateway>-admin, and to reach the pods on port 9443: in a cluster"
          + " with NetworkPolicies only the operator does, unless one more admits you."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  /** How the answer is written. */
  enum Output {
    TEXT,
    JSON
  }

  @Mixin private ClusterOption cluster = new ClusterOption();

  @Parameters(paramLabel = "URL", description = "as a client asks for it")
  private String url = "";

  @Option(
      names = {"-X", "--request"},
      paramLabel = "METHOD",
      description = "the method (default: GET, with -d POST)")
  private @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'Name: value'",
      description = "a header field of the request; may be given several times")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "TEXT",
      description = "the request's content")
  private @Nullable String content;

  @Option(
      names = "--gateway",
      paramLabel = "[NAMESPACE/]NAME",
      description = "the ApiGateway, where several could answer the URL")
  private @Nullable String gateway;

  @Option(
      names = "--origin",
      description =
          "also ask the backend, through one pod, what it answers now; the answer is not stored"
              + " (GET and HEAD alone)")
  private boolean origin;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "how the answer is written (default: text)")
  private Output output = Output.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    List<Published> published =
        cluster.isAnother() ? List.of() : new GatewayUrls(cluster.state().urls()).read();
    try (KubernetesClient client = cluster.client()) {
      print(new Inquiry(client), published);
    } catch (GatewayChoice.NoneException none) {
      throw new Failure(String.valueOf(none.getMessage()));
    }
    return 0;
  }

  private void print(Inquiry inquiry, List<Published> published) throws Exception {
    ExplainRequest asked = asked(null);
    Resources resources = inquiry.resources();
    GatewayChoice choice = GatewayChoice.of(uri(), host(asked), gateway, resources, published);
    List<PodAnswer> answers = inquiry.ask(choice.gateway(), asked(choice.listener()));
    List<ApiRoute> routes = resources.routes().stream().filter(choice::has).toList();
    String closest = Closest.to(host(asked), uri().getRawPath(), routes);
    String title = asked.method() + " " + asked.url();
    spec.commandLine()
        .getOut()
        .print(
            switch (output) {
              case TEXT -> ExplainText.of(title, choice.name(), answers, closest);
              case JSON -> json(answers);
            });
    spec.commandLine().getOut().flush();
  }

  private static String json(List<PodAnswer> answers) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    return mapper
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(mapper.readTree(Json.write(answers)))
        + "\n";
  }

  private ExplainRequest asked(@Nullable String listener) throws Failure {
    List<Field> fields = new ArrayList<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon <= 0) {
        throw new Failure("-H takes 'Name: value', not '" + header + "'");
      }
      fields.add(field(header.substring(0, colon).strip(), header.substring(colon + 1).strip()));
    }
    String asked = method != null ? method : content == null ? "GET" : "POST";
    try {
      return new ExplainRequest(
          asked, url, fields, content, listener, origin ? Origin.ASK : Origin.LEAVE);
    } catch (ConfigException wrong) {
      throw new Failure(String.valueOf(wrong.getMessage()));
    }
  }

  private static Field field(String name, String value) throws Failure {
    try {
      return new Field(name, value);
    } catch (ConfigException wrong) {
      throw new Failure("-H: " + wrong.getMessage());
    }
  }

  private URI uri() throws Failure {
    try {
      return new URI(url);
    } catch (URISyntaxException wrong) {
      throw new Failure("the URL cannot be read: " + wrong.getMessage());
    }
  }

  /** Without its port. */
  private static String host(ExplainRequest asked) {
    String authority =
        asked.headers().stream()
            .filter(field -> field.name().equalsIgnoreCase("host"))
            .map(Field::value)
            .findFirst()
            .orElse(asked.authority());
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
