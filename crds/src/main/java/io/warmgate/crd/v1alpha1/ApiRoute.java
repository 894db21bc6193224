package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Which requests of a gateway go to which backends, and what is done to them on the way. A user of
 * Gateway API's HTTPRoute is at home.
 */
@JsonClassDescription(
    "Which requests of a gateway go to which backends, and what is done to them on the way.")
@AdditionalPrinterColumn(
    name = "Hostnames",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.hostnames",
    getDescription = "The hosts it serves.")
@AdditionalPrinterColumn(
    name = "Gateway",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.parentRefs[0].name",
    getDescription = "The ApiGateway it is attached to.")
@AdditionalPrinterColumn(
    name = "Version",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.version",
    getDescription = "The version of the API.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Accepted",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status",
    getDescription = "True when the gateway took it.")
@AdditionalPrinterColumn(
    name = "ResolvedRefs",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"ResolvedRefs\")].status",
    getDescription = "True when everything it names is there.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Programmed",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Programmed\")].status",
    getDescription = "True when every answering pod serves it.")
@AdditionalPrinterColumn(
    name = "Rollout",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.rollout.phase",
    getDescription = "Where its rollout stands.")
@AdditionalPrinterColumn(
    name = "Percent",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.rollout.percent",
    getDescription = "The share of the traffic that the next release has.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("ar")
@Categories("warmgate")
public class ApiRoute extends CustomResource<ApiRouteSpec, ApiRouteStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
