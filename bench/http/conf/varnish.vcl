vcl 4.1;
backend origin {
  .host = "127.0.9.100";
  .port = "8090";
}
backend slow {
  .host = "127.0.9.100";
  .port = "8091";
}
sub vcl_recv {
  if (req.url ~ "^/slow/") {
    set req.backend_hint = slow;
  }
  if (req.url ~ "^/passed/") {
    return (pass);
  }
}
