package io.warmgate.local.api.query;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.store.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns of built-in kinds, as users know them from {@code kubectl get}.
 *
 * @see <a
 *     href="https://github.com/kubernetes/kubernetes/blob/master/pkg/printers/internalversion/printers.go">printers.go</a>
 */
final class BuiltInColumns {
  static final Column NAME =
      new Column("Name", "string", "name", 0, (o, _) -> Json.text(Meta.of(o).name()));
  static final Column AGE =
      new Column(
          "Age",
          "string",
          "",
          0,
          (o, now) -> Json.text(Age.since(Meta.of(o).text(Meta.CREATION_TIMESTAMP), now)));
  private static final Column CREATED_AT =
      new Column("Created At", "date", "", 0, (o, _) -> Meta.of(o).get(Meta.CREATION_TIMESTAMP));
  private static final List<Column> FALLBACK = List.of(NAME, AGE);
  private static final Column CONTAINERS = wide("Containers", o -> containers(o, "name"));
  private static final Column IMAGES = wide("Images", o -> containers(o, "image"));
  private static final Column SELECTOR = wide("Selector", o -> selector(o.at("/spec/selector")));
  private static final Map<ResourceId, List<Column>> COLUMNS =
      Map.ofEntries(
          Map.entry(
              new ResourceId("", "pods"),
              List.of(
                  NAME,
                  text("Ready", PodCells::ready),
                  text("Status", PodCells::status),
                  text("Restarts", PodCells::restarts),
                  AGE,
                  wide("IP", o -> orNone(o.at("/status/podIP"))),
                  wide("Node", o -> orNone(o.at("/spec/nodeName"))),
                  wide("Nominated Node", o -> orNone(o.at("/status/nominatedNodeName"))),
                  wide("Readiness Gates", _ -> "<none>"))),
          Map.entry(
              new ResourceId("apps", "deployments"),
              List.of(
                  NAME,
                  text(
                      "Ready",
                      o -> count(o, "/status/readyReplicas") + "/" + count(o, "/spec/replicas")),
                  text("Up-to-date", o -> count(o, "/status/updatedReplicas")),
                  text("Available", o -> count(o, "/status/availableReplicas")),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  SELECTOR)),
          Map.entry(
              new ResourceId("apps", "replicasets"),
              List.of(
                  NAME,
                  integer("Desired", "/spec/replicas"),
                  integer("Current", "/status/replicas"),
                  integer("Ready", "/status/readyReplicas"),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  SELECTOR)),
          Map.entry(
              new ResourceId("apps", "statefulsets"),
              List.of(
                  NAME,
                  text(
                      "Ready",
                      o -> count(o, "/status/readyReplicas") + "/" + count(o, "/spec/replicas")),
                  AGE,
                  CONTAINERS,
                  IMAGES)),
          Map.entry(
              new ResourceId("apps", "controllerrevisions"),
              List.of(
                  NAME,
                  text("Controller", BuiltInColumns::controller),
                  text("Revision", o -> o.path("revision").asText()),
                  AGE)),
          Map.entry(
              new ResourceId("policy", "poddisruptionbudgets"),
              List.of(
                  NAME,
                  text("Min Available", o -> orNotAvailable(o.at("/spec/minAvailable"))),
                  text("Max Unavailable", o -> orNotAvailable(o.at("/spec/maxUnavailable"))),
                  integer("Allowed Disruptions", "/status/disruptionsAllowed"),
                  AGE)),
          Map.entry(
              new ResourceId("autoscaling", "horizontalpodautoscalers"),
              List.of(
                  NAME,
                  text(
                      "Reference",
                      o ->
                          o.at("/spec/scaleTargetRef/kind").asText()
                              + "/"
                              + o.at("/spec/scaleTargetRef/name").asText()),
                  text("Targets", HpaCells::targets),
                  text("MinPods", o -> o.at("/spec/minReplicas").asText("<unset>")),
                  text("MaxPods", o -> count(o, "/spec/maxReplicas")),
                  text("Replicas", o -> count(o, "/status/currentReplicas")),
                  AGE)),
          Map.entry(
              new ResourceId("networking.k8s.io", "networkpolicies"),
              List.of(NAME, text("Pod-Selector", o -> selector(o.at("/spec/podSelector"))), AGE)),
          Map.entry(
              new ResourceId("discovery.k8s.io", "endpointslices"),
              List.of(
                  NAME,
                  text("AddressType", o -> o.path("addressType").asText()),
                  text("Ports", o -> list(o.path("ports"), p -> p.path("port").asText("*"))),
                  text(
                      "Endpoints",
                      o ->
                          list(
                              o.path("endpoints"),
                              e -> String.join(",", Json.strings(e.path("addresses"))))),
                  AGE)),
          Map.entry(
              new ResourceId("coordination.k8s.io", "leases"),
              List.of(NAME, text("Holder", o -> o.at("/spec/holderIdentity").asText("")), AGE)),
          Map.entry(
              new ResourceId("rbac.authorization.k8s.io", "roles"), List.of(NAME, CREATED_AT)),
          Map.entry(
              new ResourceId("rbac.authorization.k8s.io", "clusterroles"),
              List.of(NAME, CREATED_AT)),
          Map.entry(new ResourceId("rbac.authorization.k8s.io", "rolebindings"), binding()),
          Map.entry(new ResourceId("rbac.authorization.k8s.io", "clusterrolebindings"), binding()),
          Map.entry(new ResourceId("", "events"), EventCells.COLUMNS),
          Map.entry(new ResourceId("events.k8s.io", "events"), EventCells.COLUMNS),
          Map.entry(
              new ResourceId("apiextensions.k8s.io", "customresourcedefinitions"),
              List.of(NAME, CREATED_AT)),
          Map.entry(
              new ResourceId("", "namespaces"),
              List.of(NAME, text("Status", o -> o.at("/status/phase").asText("")), AGE)),
          Map.entry(
              new ResourceId("", "configmaps"),
              List.of(
                  NAME,
                  text(
                      "Data",
                      o -> Integer.toString(o.path("data").size() + o.path("binaryData").size())),
                  AGE)),
          Map.entry(
              new ResourceId("", "secrets"),
              List.of(
                  NAME,
                  text("Type", o -> o.path("type").asText("")),
                  text("Data", o -> Integer.toString(o.path("data").size())),
                  AGE)),
          Map.entry(
              new ResourceId("", "services"),
              List.of(
                  NAME,
                  text("Type", o -> o.at("/spec/type").asText()),
                  text("Cluster-IP", o -> orNone(o.at("/spec/clusterIP"))),
                  text("External-IP", ServiceCells::external),
                  text("Port(s)", ServiceCells::ports),
                  AGE,
                  wide("Selector", o -> pairs(o.at("/spec/selector"))))),
          Map.entry(
              new ResourceId("", "endpoints"),
              List.of(NAME, text("Endpoints", ServiceCells::endpoints), AGE)),
          Map.entry(
              new ResourceId("", "nodes"),
              List.of(
                  NAME,
                  text("Status", BuiltInColumns::nodeStatus),
                  text("Roles", _ -> "<none>"),
                  AGE,
                  text("Version", o -> o.at("/status/nodeInfo/kubeletVersion").asText("")))));

  private BuiltInColumns() {}

  static List<Column> of(ResourceId resource) {
    return COLUMNS.getOrDefault(resource, FALLBACK);
  }

  static Column text(String name, Function<JsonNode, String> value) {
    return new Column(name, "string", "", 0, (o, _) -> Json.text(value.apply(o)));
  }

  static Column wide(String name, Function<JsonNode, String> value) {
    return new Column(name, "string", "", 1, (o, _) -> Json.text(value.apply(o)));
  }

  private static Column integer(String name, String pointer) {
    return new Column(name, "integer", "", 0, (o, _) -> Json.number(o.at(pointer).asLong(0)));
  }

  private static List<Column> binding() {
    return List.of(
        NAME,
        text("Role", o -> o.at("/roleRef/kind").asText() + "/" + o.at("/roleRef/name").asText()),
        AGE,
        wide("Users", o -> subjects(o, "User")),
        wide("Groups", o -> subjects(o, "Group")),
        wide("ServiceAccounts", o -> subjects(o, "ServiceAccount")));
  }

  private static String subjects(JsonNode binding, String kind) {
    return Json.objects(binding.path("subjects")).stream()
        .filter(s -> s.path("kind").asText().equals(kind))
        .map(
            s ->
                (s.has("namespace") ? s.path("namespace").asText() + "/" : "")
                    + s.path("name").asText())
        .collect(joining(", "));
  }

  static String count(JsonNode object, String pointer) {
    return Long.toString(object.at(pointer).asLong(0));
  }

  static String orNone(JsonNode node) {
    String text = node.asText("");
    return text.isEmpty() ? "<none>" : text;
  }

  private static String orNotAvailable(JsonNode node) {
    return node.asText("N/A");
  }

  private static String containers(JsonNode object, String field) {
    return Json.objects(object.at("/spec/template/spec/containers")).stream()
        .map(c -> c.path(field).asText(""))
        .collect(joining(","));
  }

  /** A list in one cell: at most three items, then how many more. */
  static String list(JsonNode items, Function<JsonNode, String> text) {
    List<String> all = new ArrayList<>();
    items.forEach(item -> all.add(text.apply(item)));
    if (all.isEmpty()) {
      return "<unset>";
    }
    String more = all.size() > 3 ? " + " + (all.size() - 3) + " more..." : "";
    return all.stream().limit(3).collect(joining(",")) + more;
  }

  static String pairs(JsonNode labels) {
    String text =
        labels.properties().stream()
            .map(e -> e.getKey() + "=" + e.getValue().asText())
            .collect(joining(","));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String selector(JsonNode selector) {
    Stream<String> labels =
        selector.path("matchLabels").properties().stream()
            .map(e -> e.getKey() + "=" + e.getValue().asText());
    Stream<String> expressions =
        Json.objects(selector.path("matchExpressions")).stream().map(BuiltInColumns::expression);
    String text = Stream.concat(labels, expressions).collect(joining(","));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String expression(JsonNode expression) {
    String key = expression.path("key").asText();
    String values = "(" + String.join(",", Json.strings(expression.path("values"))) + ")";
    return switch (expression.path("operator").asText()) {
      case "In" -> key + " in " + values;
      case "NotIn" -> key + " notin " + values;
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  private static String controller(JsonNode object) {
    return Meta.of(object).owners().stream()
        .filter(o -> o.path("controller").asBoolean())
        .map(o -> o.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + o.path("name").asText())
        .findFirst()
        .orElse("<none>");
  }

  private static String nodeStatus(JsonNode node) {
    String ready =
        Json.objects(node.at("/status/conditions")).stream()
            .filter(c -> c.path("type").asText().equals("Ready"))
            .map(c -> c.path("status").asText().equals("True") ? "Ready" : "NotReady")
            .findFirst()
            .orElse("Unknown");
    return node.at("/spec/unschedulable").asBoolean() ? ready + ",SchedulingDisabled" : ready;
  }
}
