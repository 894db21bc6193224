package io.warmgate.local.api.schema;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Functions that Kubernetes adds to CEL: URLs, regular expressions, IP addresses and list order. A
 * URL is its text here, so that {@code url(a).getHost()} reads as it does there.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-cel-libraries">Kubernetes
 *     CEL libraries</a>
 */
final class KubernetesFunctions {
  private static final ListType ANY_LIST = ListType.create(SimpleType.DYN);

  private KubernetesFunctions() {}

  static List<CelFunctionDecl> declarations() {
    return List.of(
        global("isURL", SimpleType.BOOL),
        global("url", SimpleType.STRING),
        member("getScheme"),
        member("getHost"),
        member("getHostname"),
        member("getPort"),
        member("getEscapedPath"),
        global("isIP", SimpleType.BOOL),
        global("isCIDR", SimpleType.BOOL),
        CelFunctionDecl.newFunctionDeclaration(
            "find",
            CelOverloadDecl.newMemberOverload(
                "string_find", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING)),
        CelFunctionDecl.newFunctionDeclaration(
            "findAll",
            CelOverloadDecl.newMemberOverload(
                "string_find_all",
                ListType.create(SimpleType.STRING),
                SimpleType.STRING,
                SimpleType.STRING)),
        CelFunctionDecl.newFunctionDeclaration(
            "isSorted",
            CelOverloadDecl.newMemberOverload("list_is_sorted", SimpleType.BOOL, ANY_LIST)));
  }

  static List<CelFunctionBinding> bindings() {
    return List.of(
        CelFunctionBinding.from("isURL", String.class, KubernetesFunctions::isUrl),
        CelFunctionBinding.from("url", String.class, KubernetesFunctions::url),
        CelFunctionBinding.from("getScheme", String.class, u -> text(uri(u).getScheme())),
        CelFunctionBinding.from("getHost", String.class, u -> text(uri(u).getAuthority())),
        CelFunctionBinding.from("getHostname", String.class, u -> text(uri(u).getHost())),
        CelFunctionBinding.from("getPort", String.class, KubernetesFunctions::port),
        CelFunctionBinding.from("getEscapedPath", String.class, u -> text(uri(u).getRawPath())),
        CelFunctionBinding.from("isIP", String.class, KubernetesFunctions::isIp),
        CelFunctionBinding.from("isCIDR", String.class, KubernetesFunctions::isCidr),
        CelFunctionBinding.from(
            "string_find", String.class, String.class, KubernetesFunctions::find),
        CelFunctionBinding.from(
            "string_find_all", String.class, String.class, KubernetesFunctions::findAll),
        CelFunctionBinding.from("list_is_sorted", List.class, KubernetesFunctions::isSorted));
  }

  private static CelFunctionDecl global(String name, CelType result) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(name, result, SimpleType.STRING));
  }

  private static CelFunctionDecl member(String name) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newMemberOverload(name, SimpleType.STRING, SimpleType.STRING));
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = URI.create(text);
      return uri.isAbsolute() || text.startsWith("/");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String url(String text) {
    if (!isUrl(text)) {
      throw new IllegalArgumentException("URL parse error: " + text);
    }
    return text;
  }

  private static URI uri(String text) {
    return URI.create(text);
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static String port(String url) {
    int port = uri(url).getPort();
    return port < 0 ? "" : Integer.toString(port);
  }

  private static boolean isIp(String text) {
    return Formats.matches("ipv4", text) || isIpv6(text);
  }

  private static boolean isIpv6(String text) {
    if (!Formats.matches("ipv6", text)) {
      return false;
    }
    try {
      InetAddress.ofLiteral(text.toLowerCase(Locale.ROOT));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0
        || !isIp(text.substring(0, slash))
        || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    return bits <= (text.contains(":") ? 128 : 32);
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Patterns.of(pattern).matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static List<String> findAll(String text, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Patterns.of(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static boolean isSorted(List list) {
    for (int i = 1; i < list.size(); i++) {
      if (((Comparable) list.get(i - 1)).compareTo(list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }
}
