//! The few icons of the window, painted with lines: the embedded fonts have no such glyphs, and
//! lines are sharp at every scale.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};
use std::f32::consts::{PI, TAU};

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Overview,
    People,
    Entry,
    Campaign,
    Publicity,
    Receive,
    Package,
    Rules,
    Settings,
    Undo,
    Redo,
    Search,
    Close,
    Check,
    Left,
    Right,
    Calendar,
}

/// Paints an icon into the middle of `rect`, 16 points wide.
pub fn paint(painter: &Painter, icon: Icon, rect: Rect, color: Color32) {
    let r = Rect::from_center_size(rect.center(), Vec2::splat(16.0));
    let s = Stroke::new(1.4, color);
    let at = |x: f32, y: f32| pos2(r.left() + x, r.top() + y);
    let line = |a: Pos2, b: Pos2| {
        painter.line_segment([a, b], s);
    };
    let frame = |rect: Rect| {
        painter.rect_stroke(rect, 1.5, s, StrokeKind::Middle);
    };
    match icon {
        Icon::Overview => {
            frame(Rect::from_min_max(at(2.0, 2.5), at(14.0, 13.5)));
            line(at(8.0, 2.5), at(8.0, 13.5));
        }
        Icon::People => {
            for y in [4.0, 8.0, 12.0] {
                line(at(2.5, y), at(13.5, y));
            }
        }
        Icon::Entry => {
            painter.add(Shape::closed_line(
                vec![at(10.8, 2.4), at(13.6, 5.2), at(5.6, 13.2), at(2.4, 13.6), at(2.8, 10.4)],
                s,
            ));
            line(at(9.0, 4.2), at(11.8, 7.0));
        }
        Icon::Campaign => {
            frame(Rect::from_min_max(at(2.0, 2.5), at(14.0, 13.5)));
            for t in [1.0, 2.0] {
                line(at(2.0 + 4.0 * t, 2.5), at(2.0 + 4.0 * t, 13.5));
                line(at(2.0, 2.5 + 11.0 / 3.0 * t), at(14.0, 2.5 + 11.0 / 3.0 * t));
            }
        }
        Icon::Publicity => {
            painter.circle_stroke(r.center(), 6.0, s);
            line(r.center(), at(8.0, 4.6));
            line(r.center(), at(10.6, 8.0));
        }
        Icon::Receive => {
            line(at(8.0, 2.4), at(8.0, 10.0));
            line(at(4.8, 7.0), at(8.0, 10.0));
            line(at(11.2, 7.0), at(8.0, 10.0));
            painter.line(vec![at(2.6, 9.6), at(2.6, 13.4), at(13.4, 13.4), at(13.4, 9.6)], s);
        }
        Icon::Package => {
            line(at(8.0, 2.4), at(8.0, 10.0));
            line(at(4.8, 5.4), at(8.0, 2.4));
            line(at(11.2, 5.4), at(8.0, 2.4));
            painter.line(vec![at(2.6, 9.6), at(2.6, 13.4), at(13.4, 13.4), at(13.4, 9.6)], s);
        }
        Icon::Rules => {
            frame(Rect::from_min_max(at(3.0, 2.0), at(13.0, 14.0)));
            for y in [5.4, 8.0, 10.6] {
                line(at(5.4, y), at(10.6, y));
            }
        }
        Icon::Settings => {
            painter.circle_stroke(r.center(), 4.4, s);
            painter.circle_stroke(r.center(), 1.6, s);
            for step in 0..8 {
                let ray = Vec2::angled(TAU * step as f32 / 8.0);
                line(r.center() + ray * 4.6, r.center() + ray * 6.8);
            }
        }
        Icon::Undo | Icon::Redo => {
            let side = if icon == Icon::Undo { 1.0 } else { -1.0 };
            let c = r.center() + vec2(0.0, 1.6);
            let arc = |step: i32| {
                let angle = -PI * 0.95 + step as f32 / 12.0 * PI * 1.05;
                c + vec2(angle.cos() * 5.0 * side, angle.sin() * 4.4)
            };
            painter.line((0..=12).map(arc).collect(), s);
            let tip = arc(0);
            painter.line(vec![tip + vec2(-1.6 * side, -3.8), tip, tip + vec2(3.8 * side, -0.4)], s);
        }
        Icon::Search => {
            painter.circle_stroke(at(7.0, 7.0), 4.2, s);
            line(at(10.2, 10.2), at(13.6, 13.6));
        }
        Icon::Close => {
            line(at(4.4, 4.4), at(11.6, 11.6));
            line(at(11.6, 4.4), at(4.4, 11.6));
        }
        Icon::Check => {
            painter.line(vec![at(3.6, 8.4), at(6.8, 11.6), at(12.6, 4.8)], s);
        }
        Icon::Left => {
            painter.line(vec![at(9.8, 3.6), at(5.6, 8.0), at(9.8, 12.4)], s);
        }
        Icon::Right => {
            painter.line(vec![at(6.2, 3.6), at(10.4, 8.0), at(6.2, 12.4)], s);
        }
        Icon::Calendar => {
            frame(Rect::from_min_max(at(2.5, 3.5), at(13.5, 13.5)));
            line(at(2.5, 6.6), at(13.5, 6.6));
            line(at(5.4, 2.0), at(5.4, 4.6));
            line(at(10.6, 2.0), at(10.6, 4.6));
        }
    }
}
