package io.warmgate.local.explain;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.ExplainRequest.Origin;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.local.explain.GatewayChoice.NoneException;
import io.warmgate.local.explain.GatewayChoice.Resources;
import io.warmgate.operator.fleet.ExplainClient;
import io.warmgate.operator.identity.AdminIdentity;
import io.warmgate.operator.snapshot.Labels;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks every pod of a gateway, each by its own address. */
public final class Inquiry {
  private final KubernetesClient client;

  public Inquiry(KubernetesClient client) {
    this.client = client;
  }

  /** The gateways and routes of the cluster. */
  public Resources resources() {
    return new Resources(
        client.resources(ApiGateway.class).inAnyNamespace().list().getItems(),
        client.resources(ApiRoute.class).inAnyNamespace().list().getItems());
  }

  /**
   * All pods' answers, by their names. The backend is asked through the first alone.
   *
   * @throws NoneException where the gateway has no pod, or its admin Secret is not there
   */
  public List<PodAnswer> ask(ApiGateway gateway, ExplainRequest asked)
      throws NoneException, InterruptedException {
    String namespace = gateway.getMetadata().getNamespace();
    String name = gateway.getMetadata().getName();
    AdminIdentity identity = identity(namespace, name);
    List<Pod> pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel(Labels.GATEWAY, name)
            .list()
            .getItems()
            .stream()
            .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
            .toList();
    if (pods.isEmpty()) {
      throw new NoneException("ApiGateway " + namespace + "/" + name + " has no pod");
    }
    ExplainRequest alone =
        new ExplainRequest(
            asked.method(),
            asked.url(),
            asked.headers(),
            asked.content(),
            asked.listener(),
            Origin.LEAVE);
    try (ExplainClient explain = new ExplainClient(identity);
        ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      Pod first = pods.stream().filter(Inquiry::isRunning).findFirst().orElse(pods.getFirst());
      List<Callable<PodAnswer>> questions = new ArrayList<>();
      for (Pod pod : pods) {
        questions.add(() -> ask(explain, pod, pod.equals(first) ? asked : alone));
      }
      return each.invokeAll(questions).stream().map(Future::resultNow).toList();
    }
  }

  private static PodAnswer ask(ExplainClient client, Pod pod, ExplainRequest asked) {
    String name = pod.getMetadata().getName();
    if (!isRunning(pod)) {
      String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
      return new PodAnswer(name, null, "has no address (" + phase + ")");
    }
    return switch (client.ask(pod.getStatus().getPodIP(), asked)) {
      case ExplainClient.Answer.Explained(var explanation) ->
          new PodAnswer(name, explanation, null);
      case ExplainClient.Answer.Unanswered(String problem) -> new PodAnswer(name, null, problem);
    };
  }

  private static boolean isRunning(Pod pod) {
    return pod.getStatus() != null && pod.getStatus().getPodIP() != null;
  }

  private AdminIdentity identity(String namespace, String gateway) throws NoneException {
    Secret secret = client.secrets().inNamespace(namespace).withName(gateway + "-admin").get();
    if (secret == null || secret.getData() == null) {
      throw new NoneException(
          "the Secret "
              + namespace
              + "/"
              + gateway
              + "-admin is not there: does the operator run?");
    }
    Map<String, byte[]> data = new TreeMap<>();
    secret.getData().forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
    return new AdminIdentity(data);
  }
}
