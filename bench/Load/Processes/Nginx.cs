namespace Tollgate.Load.Processes;

/// <summary>nginx twice, one worker each: as the backend behind every proxy, and as the proxy that the gateway is compared with.</summary>
internal static class Nginx
{
    public const int Large = 1024 * 1024;
    public const int Medium = 100 * 1024;
    private const int Small = 1024;

    /// <summary>
    /// 1 KB for any path; /100k and /1m from files. A POST is answered once its body has come in whole: nginx reads it before it passes
    /// the call on, without it, to the answering server block.
    /// </summary>
    public static ChildProcess StartBackend(string folder, int port)
    {
        File.WriteAllBytes(Path.Combine(folder, "100k"), Bytes(Medium));
        File.WriteAllBytes(Path.Combine(folder, "1m"), Bytes(Large));
        var small = new string('x', Small);
        return Start(folder, "backend", $$"""
            open_file_cache max=10;
            client_body_buffer_size 2m;
            upstream inner { server unix:{{folder}}/inner.sock; keepalive 64; keepalive_requests 1000000000; }
            server {
              listen unix:{{folder}}/inner.sock;
              location / { return 200 "ok"; }
            }
            server {
              listen 127.0.0.1:{{port}} backlog=1024;
              location / { return 200 "{{small}}"; }
              location = /100k { root {{folder}}; }
              location = /1m { root {{folder}}; }
              location = /sink {
                proxy_pass http://inner; proxy_http_version 1.1;
                proxy_set_header Connection ""; proxy_set_header Content-Length ""; proxy_pass_request_body off;
              }
            }
            """);
    }

    /// <summary>Bare proxy_pass over kept connections. Bodies stay in memory, and answers are not spooled to disk.</summary>
    public static ChildProcess StartProxy(string folder, ProxyPorts ports, int backend, string certificate) => Start(folder, "proxy", $$"""
        client_body_buffer_size 2m;
        proxy_max_temp_file_size 0;
        upstream backend { server 127.0.0.1:{{backend}}; keepalive 128; keepalive_requests 1000000000; }
        ssl_certificate {{certificate}};
        ssl_certificate_key {{certificate}};
        ssl_protocols TLSv1.2 TLSv1.3;
        server {
          listen 127.0.0.1:{{ports.Http}} backlog=1024;
          listen 127.0.0.1:{{ports.Https}} ssl http2 backlog=1024;
          location / {
            proxy_pass http://backend/; proxy_http_version 1.1;
            proxy_set_header Connection "";
          }
          location /load/1.0.0/ {
            proxy_pass http://backend/; proxy_http_version 1.1;
            proxy_set_header Connection "";
          }
        }
        """);

    private static ChildProcess Start(string folder, string name, string http)
    {
        var file = Path.Combine(folder, name + ".conf");
        File.WriteAllText(file, $$"""
            daemon off;
            user {{Environment.UserName}};
            worker_processes 1;
            pid {{folder}}/{{name}}.pid;
            error_log {{folder}}/{{name}}.error.log crit;
            events { worker_connections 8192; }
            http {
              access_log off;
              server_tokens off;
              keepalive_requests 1000000000;
              keepalive_timeout 300s;
              sendfile on;
              tcp_nodelay on;
              client_body_temp_path {{folder}}/{{name}}-body;
              proxy_temp_path {{folder}}/{{name}}-proxy;
              fastcgi_temp_path {{folder}}/{{name}}-fastcgi;
              uwsgi_temp_path {{folder}}/{{name}}-uwsgi;
              scgi_temp_path {{folder}}/{{name}}-scgi;
              client_max_body_size 10m;
              {{http}}
            }
            """);
        return new ChildProcess("nginx", ["-p", folder, "-c", file], Path.Combine(folder, name + ".log"));
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)'x');
        return bytes;
    }
}

/// <summary>Where a proxy listens.</summary>
internal sealed record ProxyPorts(int Http, int Https);
