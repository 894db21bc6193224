package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.ServiceAddresses;
import io.warmgate.local.api.object.FieldError;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import java.util.List;

/** Services: their cluster addresses and node ports. */
final class ServiceRules implements KindRules {
  private final ServiceAddresses addresses;
  private final NodePorts nodePorts = new NodePorts();

  ServiceRules(ServiceAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public void prepareCreate(ObjectNode service) {
    complete(service);
    service.set("status", Json.object().set("loadBalancer", Json.object()));
  }

  @Override
  public void prepareUpdate(ObjectNode service, ObjectNode old) {
    complete(service);
  }

  private static void complete(ObjectNode service) {
    ObjectNode spec = Json.child(service, "spec");
    for (ObjectNode port : Json.objects(spec.path("ports"))) {
      Json.setDefault(port, "targetPort", port.path("port"));
    }
    String type = spec.path("type").asText();
    if (type.equals("ExternalName")) {
      spec.remove(List.of("clusterIP", "clusterIPs"));
      return;
    }
    Json.setDefault(spec, "internalTrafficPolicy", Json.text("Cluster"));
    if (hasNodePorts(type)) {
      Json.setDefault(spec, "externalTrafficPolicy", Json.text("Cluster"));
    }
  }

  private static boolean hasNodePorts(String type) {
    return type.equals("NodePort") || type.equals("LoadBalancer");
  }

  @Override
  public void allocate(ObjectNode service, JsonNode old) {
    ObjectNode spec = Json.child(service, "spec");
    String type = spec.path("type").asText();
    if (type.equals("ExternalName")) {
      return;
    }
    Json.setDefault(spec, "ipFamilyPolicy", Json.text("SingleStack"));
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    if (hasNodePorts(type)) {
      nodePorts.assign(spec, old.path("spec"));
    }
    address(service, spec, old.at("/spec/clusterIP").asText(""));
  }

  private void address(ObjectNode service, ObjectNode spec, String before) {
    String given = spec.path("clusterIP").asText("");
    if (given.isEmpty()) {
      Meta meta = Meta.of(service);
      given = before.isEmpty() ? addresses.allocate(meta.namespace(), meta.name()) : before;
      spec.put("clusterIP", given);
    } else if (!given.equals("None") && !given.equals(before)) {
      addresses.reserve(given);
    }
    spec.putArray("clusterIPs").add(given);
  }

  @Override
  public List<FieldError> validate(ObjectNode service) {
    boolean needsPorts =
        !service.at("/spec/clusterIP").asText("None").equals("None")
            && service.at("/spec/ports").isEmpty();
    return needsPorts
        ? List.of(new FieldError("spec.ports", FieldError.Type.REQUIRED, ""))
        : List.of();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode service, ObjectNode old) {
    JsonNode after = service.at("/spec/clusterIP");
    JsonNode before = old.at("/spec/clusterIP");
    if (after.equals(before) || before.isMissingNode() || after.isMissingNode()) {
      return List.of();
    }
    String words = "[" + Json.compact(after) + "]: may not change once set";
    return List.of(new FieldError("spec.clusterIPs[0]", FieldError.Type.INVALID, words));
  }

  @Override
  public void stored(ObjectNode service) {
    nodePorts.keep(service.path("spec"));
    String address = service.at("/spec/clusterIP").asText("");
    if (!address.isEmpty() && !address.equals("None")) {
      addresses.reserve(address);
    }
  }

  @Override
  public void removed(ObjectNode service) {
    nodePorts.release(service.path("spec"));
    String address = service.at("/spec/clusterIP").asText("");
    if (!address.isEmpty() && !address.equals("None")) {
      addresses.release(address);
    }
  }
}
